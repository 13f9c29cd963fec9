namespace Rerank.Scorer.Simulation;

/// <summary>Pairs that one caller queued together and whose scores it awaits together.</summary>
internal sealed class SimulatedRequest(int number, long queuedUs, int pairs)
{
    /// <summary>From 0, in the order in which they were queued.</summary>
    internal int Number { get; } = number;

    internal long QueuedUs { get; } = queuedUs;

    internal int Pairs { get; } = pairs;

    /// <summary>Pairs without a score.</summary>
    internal int Open { get; set; } = pairs;
}
