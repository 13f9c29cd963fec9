namespace Rerank.Scorer.Batching;

/// <summary>What a <see cref="Batcher{TPair}"/> sees and decides at one instant: for logs, heartbeats, metrics and plots.</summary>
internal sealed record BatcherState
{
    /// <summary>Pairs that no lane has taken.</summary>
    internal required int Waiting { get; init; }

    /// <summary>Pairs in passes that run.</summary>
    internal required int Running { get; init; }

    /// <summary>Pairs that may be planned together.</summary>
    internal required int Window { get; init; }

    /// <summary>Pairs that should be here and not yet in a pass.</summary>
    internal required int PullTarget { get; init; }

    /// <summary>Longest pass of the last plan, predicted milliseconds.</summary>
    internal required double LongestPassMs { get; init; }

    /// <summary>Pairs a second over the last seconds.</summary>
    internal required double PairsPerSecond { get; init; }

    /// <summary>p95 from queued to scored over the last seconds, milliseconds; null before the first score.</summary>
    internal required double? QueuedP95Ms { get; init; }

    /// <summary>p95 from received to scored over the last seconds, milliseconds; null before the first score.</summary>
    internal required double? ReceivedP95Ms { get; init; }

    internal double? TargetLatencyMs { get; init; }

    internal double? TargetThroughput { get; init; }

    /// <summary>Milliseconds by which p95 is over the target; null if it is not, or there is none.</summary>
    internal double? LatencyMissedByMs { get; init; }

    /// <summary>Pairs a second that are wanting although more pairs were waiting; null if none, or there is no target.</summary>
    internal double? ThroughputMissedBy { get; init; }

    /// <summary>Pairs came here too old for the latency target: receipt to score is what is bounded.</summary>
    internal bool Backlogged { get; init; }

    /// <summary>Least p95 from receipt to score that the device allows with the lengths of late, milliseconds.</summary>
    internal double? ReachableLatencyMs { get; init; }

    /// <summary>Most pairs a second that the device allows with the lengths of late, within the latency target if that comes first.</summary>
    internal double? ReachableThroughput { get; init; }

    /// <summary>How much slower than the cost model learned the device is at present; 1 for the same.</summary>
    internal double Drift { get; init; } = 1;
}
