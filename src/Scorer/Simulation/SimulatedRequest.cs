namespace Rerank.Scorer.Simulation;

/// <summary>Pairs that one caller queued together and whose scores it awaits together.</summary>
internal sealed class SimulatedRequest(long queuedUs, int pairs)
{
    internal long QueuedUs { get; } = queuedUs;

    internal int Pairs { get; } = pairs;

    /// <summary>Pairs without a score.</summary>
    internal int Open { get; set; } = pairs;
}
