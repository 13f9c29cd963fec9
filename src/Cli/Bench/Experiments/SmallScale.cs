namespace Rerank.Cli.Bench.Experiments;

/// <summary>What <c>--scale small</c> changes.</summary>
/// <param name="Requests">Of each point, at least one a caller.</param>
/// <param name="Model">Instead of the experiment's.</param>
internal sealed record SmallScale(int Requests, string Model);
