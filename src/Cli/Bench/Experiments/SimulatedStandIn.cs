namespace Rerank.Cli.Bench.Experiments;

/// <summary>The simulated device that an experiment runs on where its backend is not here.</summary>
/// <param name="Device">As <c>--simulate</c> names it.</param>
/// <param name="TimeFactor">How many times as long its passes take: the reference machine was not equally fast on every evening.</param>
internal sealed record SimulatedStandIn(string Device, double TimeFactor);
