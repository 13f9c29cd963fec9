namespace Rerank.Scorer.Simulation;

/// <summary>What lies around the forward pass.</summary>
/// <param name="BrokerUs">A pull request's way there and the pairs' way back.</param>
/// <param name="PublishUs">From the end of a pass until its scores are durable.</param>
internal sealed record Transport(long BrokerUs, long PublishUs)
{
    /// <summary>A broker on the same machine.</summary>
    internal static Transport Local { get; } = new(500, 1_000);

    /// <summary>Function calls, as the reference's own measurements were made.</summary>
    internal static Transport None { get; } = new(0, 0);
}
