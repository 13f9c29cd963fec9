namespace Rerank.Scorer.Batching;

/// <summary>What a <see cref="Batcher{TPair}"/> aims at, and its bounds.</summary>
internal sealed record BatcherOptions
{
    /// <summary>Forward passes side by side.</summary>
    internal int Lanes { get; init; } = 1;

    /// <summary>p95 from queued to scored, milliseconds; null for none.</summary>
    internal double? TargetLatencyMs { get; init; }

    /// <summary>Pairs a second, a floor and never a throttle; null for none.</summary>
    internal double? TargetThroughput { get; init; }

    /// <summary>Which target is kept when both cannot be had.</summary>
    internal Priority Priority { get; init; } = Priority.Latency;

    /// <summary>Padded tokens a pass holds at most, unless one pair alone is longer: a bound on memory.</summary>
    internal int MaxPassTokens { get; init; } = 1 << 17;

    /// <summary>Rows a pass has at most: a bound on memory.</summary>
    internal int MaxPassRows { get; init; } = 1024;

    /// <summary>Every pair in a pass of its own, for models whose scores depend on what else is in a pass.</summary>
    internal bool OneRowAPass { get; init; }

    /// <summary>Pairs that wait here to be planned together, at most.</summary>
    internal int MaxWindow { get; init; } = 2048;

    /// <summary>How long it takes a pair to get here from the queue: no lane should be out of work for that long.</summary>
    internal TimeSpan PullAhead { get; init; }

    /// <summary>How long the queue waits for an ack; unacked work stays under a third of it.</summary>
    internal TimeSpan AckWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>False for fixed rows in arrival order, padded to the longest, as other systems do: for comparisons.</summary>
    internal bool Adaptive { get; init; } = true;

    /// <summary>Rows a pass when not adaptive.</summary>
    internal int FixedRows { get; init; } = 32;
}
