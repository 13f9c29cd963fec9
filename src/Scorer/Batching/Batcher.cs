namespace Rerank.Scorer.Batching;

/// <summary>
/// Natural batching as a state machine without threads or clocks: what arrived while the lanes were busy is the window, and a free
/// lane never waits for more. The window is planned when the passes of the last plan have all been taken. Times are unix microseconds.
/// </summary>
internal sealed class Batcher<TPair>(BatcherOptions options, CostModel cost)
    where TPair : IBatchable
{
    private readonly PassPlanner _planner = new(options, cost.Predict);
    private readonly List<TPair> _window = [];
    private readonly Queue<ForwardPass<TPair>> _planned = new();
    private int _running;
    private double? _queuedMs;
    private double? _receivedMs;

    /// <summary>Pairs that no lane has taken.</summary>
    internal int Waiting => _planned.Sum(pass => pass.Pairs.Count) + _window.Count;

    /// <summary>Pairs that should be here and not yet in a pass: ask the queue for this less <see cref="Waiting"/>.</summary>
    internal int PullTarget => options.MaxWindow;

    internal BatcherState State => new()
    {
        Waiting = Waiting,
        Running = _running,
        Window = options.MaxWindow,
        PullTarget = PullTarget,
        LongestPassMs = 0,
        PairsPerSecond = 0,
        QueuedP95Ms = _queuedMs,
        ReceivedP95Ms = _receivedMs,
        TargetLatencyMs = options.TargetLatencyMs,
        TargetThroughput = options.TargetThroughput,
    };

    /// <summary>A pair is ready to be scored.</summary>
    internal void OnArrived(TPair pair, long nowUs) => _window.Add(pair);

    /// <summary>The next pass for a free lane; null if nothing waits.</summary>
    internal ForwardPass<TPair>? OnLaneFree(long nowUs)
    {
        if (_planned.Count == 0 && _window.Count > 0)
        {
            foreach (var pass in options.Adaptive ? _planner.Plan([.. _window]) : InArrivalOrder())
                _planned.Enqueue(pass);
            _window.Clear();
        }

        if (_planned.TryDequeue(out var next))
            _running += next.Pairs.Count;
        return next;
    }

    /// <summary>A lane has run a pass of <see cref="OnLaneFree"/>.</summary>
    internal void OnPassDone(ForwardPass<TPair> pass, double inferenceMs, long nowUs)
    {
        _running -= pass.Pairs.Count;
        cost.Observe(pass.Pairs.Count, pass.Length, inferenceMs, nowUs);
    }

    /// <summary>A pair's score is durable in the queue; once a pair.</summary>
    internal void OnScored(long queuedUs, long receivedUs, long nowUs)
    {
        _queuedMs = (nowUs - queuedUs) / 1000.0;
        _receivedMs = (nowUs - receivedUs) / 1000.0;
    }

    private IEnumerable<ForwardPass<TPair>> InArrivalOrder()
    {
        foreach (var rows in _window.Chunk(options.FixedRows))
        {
            var length = rows.Max(pair => pair.Length);
            yield return new ForwardPass<TPair>(rows, length, _window.Count, CloseReason.Planned, cost.Predict(rows.Length, length));
        }
    }
}
