namespace Rerank.Scorer.Batching;

/// <summary>What came of late, and by how much it is off the targets. Not thread-safe; times are unix microseconds.</summary>
internal sealed class TargetReadings(BatcherOptions options)
{
    private const long SpanUs = 5_000_000;
    private const int LeastAges = 16;

    private readonly Recent _queued = new(4096, SpanUs);
    private readonly Recent _received = new(4096, SpanUs);
    private readonly Recent _ages = new(64, SpanUs);
    private readonly Recent _scored = new(8192, SpanUs);
    private bool _idled;

    internal ArrivalRate Arrivals { get; } = new();

    /// <summary>Pairs come here too old for the latency target: receipt to score is what is bounded then.</summary>
    internal bool Backlogged { get; private set; }

    internal double? QueuedP95Ms { get; private set; }

    internal double? ReceivedP95Ms { get; private set; }

    internal double PairsPerSecond { get; private set; }

    internal double? LatencyMissedByMs { get; private set; }

    internal double? ThroughputMissedBy { get; private set; }

    /// <summary>Lanes had enough to do all the time.</summary>
    internal bool Busy { get; private set; }

    internal void OnArrived(long queuedUs, long receivedUs, long nowUs)
    {
        Arrivals.OnArrived(queuedUs);
        _ages.Add((receivedUs - queuedUs) / 1000.0, nowUs);
    }

    /// <summary>A lane found nothing to do.</summary>
    internal void OnIdle() => _idled = true;

    internal void OnScored(long queuedUs, long receivedUs, long nowUs)
    {
        _queued.Add((nowUs - queuedUs) / 1000.0, nowUs);
        _received.Add((nowUs - receivedUs) / 1000.0, nowUs);
        _scored.Add(1, nowUs);
    }

    /// <summary>p95 from receipt to score with at least so many readings; null with fewer.</summary>
    internal double? ReceivedP95(int least, long nowUs) => _received.Quantile(0.95, nowUs, least);

    /// <summary>What was received before is no longer read: it was scored with another window.</summary>
    internal void ForgetReceived(long nowUs) => _received.Since(nowUs);

    /// <summary>Works the properties out anew.</summary>
    internal void Measure(long nowUs)
    {
        Arrivals.Measure();
        QueuedP95Ms = _queued.Quantile(0.95, nowUs);
        ReceivedP95Ms = _received.Quantile(0.95, nowUs);
        PairsPerSecond = _scored.PerSecond(nowUs);
        (Busy, _idled) = (!_idled && PairsPerSecond > 0, false);
        if (options.TargetLatencyMs is { } target && _ages.Quantile(0.5, nowUs, LeastAges) is { } age)
            Backlogged = age > (Backlogged ? target / 2 : target);
        LatencyMissedByMs = QueuedP95Ms - options.TargetLatencyMs is > 0 and var late ? late : null;
        ThroughputMissedBy = Busy && options.TargetThroughput - PairsPerSecond is > 0 and var wanting ? wanting : null;
    }
}
