namespace Rerank.Scorer.Batching;

/// <summary>
/// Natural batching as a state machine without threads or clocks: what arrived while the lanes were busy is the window, and a free
/// lane never waits for more. The window is planned when the passes of the last plan have all been taken: so no pair is overtaken for
/// longer than one plan, and planning costs next to nothing. Whoever comes meanwhile and is of the lengths of a pass that has yet to
/// start joins it: for nearly nothing, and without waiting for the next plan. Times are unix microseconds.
/// </summary>
internal sealed class Batcher<TPair>
    where TPair : IBatchable
{
    // A device that has become so much slower than planned for may need another plan.
    private const double Slower = 1.2;

    // Of the cost of a pass of its own, what one more row may cost: where it is not clearly less, as on a CPU, nothing is gained.
    private const double WorthJoining = 0.9;

    private readonly BatcherOptions _options;
    private readonly CostModel _cost;
    private readonly PassPlanner _planner;
    private readonly PassPlanner _outliner;
    private readonly PassGrowth _growth = new();
    private readonly Controller _controller;
    private readonly Queue<ForwardPass<TPair>> _planned = new();
    private readonly List<(ForwardPass<TPair> Pass, long EndsUs)> _running = [];
    private List<TPair> _window = [];
    private int _plannedPairs;
    private double _plannedMs;
    private int _plannedVersion;
    private double _plannedDrift = 1;
    private double _longestPassMs;

    internal Batcher(BatcherOptions options, CostModel cost)
    {
        _options = options;
        _cost = cost;
        _planner = new PassPlanner(options, _growth.Expected(cost.PredictUsual));
        _outliner = new PassPlanner(options, cost.PredictUsual);
        _controller = new Controller(options, cost, _outliner);
    }

    /// <summary>Pairs that no lane has taken.</summary>
    internal int Waiting => _plannedPairs + _window.Count;

    /// <summary>Pairs that should be here and not yet in a pass: ask the queue for this less <see cref="Waiting"/>.</summary>
    internal int PullTarget =>
        !_options.Adaptive ? _options.MaxWindow
        : _controller.PullsLate && IsSupplied ? Waiting
        : Math.Max(_controller.Window, _plannedPairs);

    /// <summary>Whether nobody gains by a score that is published at once: no latency is wanted, and the lanes have enough to do.</summary>
    internal bool MayGatherScores => _options.TargetLatencyMs is null && IsSupplied;

    internal BatcherState State => new()
    {
        Waiting = Waiting,
        Running = _running.Sum(running => running.Pass.Pairs.Count),
        Window = _controller.Window,
        PullTarget = PullTarget,
        LongestPassMs = _longestPassMs,
        PairsPerSecond = _controller.Readings.PairsPerSecond,
        QueuedP95Ms = _controller.Readings.QueuedP95Ms,
        ReceivedP95Ms = _controller.Readings.ReceivedP95Ms,
        TargetLatencyMs = _options.TargetLatencyMs,
        TargetThroughput = _options.TargetThroughput,
        LatencyMissedByMs = _controller.Readings.LatencyMissedByMs,
        ThroughputMissedBy = _controller.Readings.ThroughputMissedBy,
        Backlogged = _controller.Readings.Backlogged,
        ReachableLatencyMs = _controller.ReachableLatencyMs,
        ReachableThroughput = _controller.ReachableThroughput,
        Drift = _cost.Drift,
    };

    /// <summary>A pair is ready to be scored.</summary>
    internal void OnArrived(TPair pair, long nowUs)
    {
        _window.Add(pair);
        _controller.OnArrived(pair.Length, pair.QueuedUs, pair.ReceivedUs, nowUs);
    }

    /// <summary>The next pass for a free lane; null if nothing waits.</summary>
    internal ForwardPass<TPair>? OnLaneFree(long nowUs)
    {
        if (Waiting == 0)
        {
            _controller.Readings.OnIdle();
            return null;
        }

        ForgetOldCosts();
        _controller.Step(nowUs);
        if (_planned.Count == 0 || MayMissDeadlines())
            Plan(nowUs);

        var next = _planned.Dequeue();
        _plannedPairs -= next.Pairs.Count;
        _plannedMs -= next.PredictedMs;
        next = WithJoiners(next);
        _running.Add((next, nowUs + (long)(next.PredictedMs * 1000)));
        return next;
    }

    /// <summary>A lane has run a pass of <see cref="OnLaneFree"/>.</summary>
    internal void OnPassDone(ForwardPass<TPair> pass, double inferenceMs, long nowUs)
    {
        _running.RemoveAll(running => ReferenceEquals(running.Pass, pass));
        _cost.Observe(pass.Pairs.Count, pass.Length, inferenceMs, nowUs);
    }

    /// <summary>A pair's score is durable in the queue; once a pair.</summary>
    internal void OnScored(long queuedUs, long receivedUs, long nowUs) => _controller.Readings.OnScored(queuedUs, receivedUs, nowUs);

    /// <summary>Looks at what came of late, where nobody else does because nothing comes.</summary>
    internal void OnTick(long nowUs)
    {
        if (Waiting == 0)
            _controller.Readings.OnIdle();
        _controller.Step(nowUs);
    }

    /// <summary>Whether the planned passes keep the lanes busy for as long as it takes pairs to get here.</summary>
    private bool IsSupplied =>
        _planned.Count >= _options.Lanes && _plannedMs >= _options.Lanes * _options.PullAhead.TotalMilliseconds;

    private bool MayMissDeadlines() => _controller.KeepsDeadlines && _options.Adaptive && _cost.Drift > _plannedDrift * Slower;

    private void ForgetOldCosts()
    {
        if (_cost.Version != _plannedVersion)
        {
            _planner.Forget();
            _outliner.Forget();
        }

        _plannedVersion = _cost.Version;
    }

    private void Plan(long nowUs)
    {
        while (_planned.TryDequeue(out var pass))
            _window.AddRange(pass.Pairs);

        if (_options.Adaptive)
        {
            var classes = _controller.ClassesFor(_window.Count);
            var plan = classes.Count > 0
                ? _outliner.PlanOldest(_window, classes, _cost.Drift)
                : _planner.Plan(_window, _cost.Drift * _growth.Factor, BusyMs(nowUs), DeadlinesMs(nowUs));
            Enqueue(plan.Passes);
            _window = [.. plan.Later];
            if (_growth.OnPlanned(_plannedPairs))
                _planner.Forget();
        }
        else
        {
            Enqueue([.. InArrivalOrder()]);
            _window = [];
        }

        _plannedDrift = _cost.Drift;
    }

    private void Enqueue(IReadOnlyList<ForwardPass<TPair>> passes)
    {
        (_plannedPairs, _plannedMs, _longestPassMs) = (0, 0, 0);
        foreach (var pass in passes)
        {
            _planned.Enqueue(pass);
            _plannedPairs += pass.Pairs.Count;
            _plannedMs += pass.PredictedMs;
            _longestPassMs = Math.Max(_longestPassMs, pass.PredictedMs);
        }
    }

    /// <summary>The pass with the pairs of the window that are no longer than its longest and longer than all shorter passes.</summary>
    private ForwardPass<TPair> WithJoiners(ForwardPass<TPair> pass)
    {
        if (!_options.Adaptive || _options.OneRowAPass || pass.CloseReason is CloseReason.Alone or CloseReason.Oldest)
            return pass;

        var shorter = _planned.Where(other => other.Length < pass.Length).Select(other => other.Length).DefaultIfEmpty(0).Max();
        var mostRows = Math.Min(_options.MaxPassRows, _options.MaxPassTokens / pass.Length);
        List<TPair> pairs = [.. pass.Pairs], others = [];
        var ms = _cost.Predict(pairs.Count, pass.Length);
        foreach (var pair in _window)
        {
            if (!pair.Alone && pair.Length > shorter && pair.Length <= pass.Length && pairs.Count < mostRows
                && _cost.Predict(pairs.Count + 1, pass.Length) is var more && more - ms <= WorthJoining * _cost.Predict(1, pair.Length))
            {
                pairs.Add(pair);
                ms = more;
            }
            else
            {
                others.Add(pair);
            }
        }

        _growth.OnJoined(pairs.Count - pass.Pairs.Count);
        _window = others;
        return pass with { Pairs = pairs, PredictedMs = ms, Window = Math.Max(pass.Window, pairs.Count) };
    }

    private double[] BusyMs(long nowUs) => [.. _running.Take(_options.Lanes - 1).Select(running => Math.Max(0, (running.EndsUs - nowUs) / 1000.0))];

    private double[] DeadlinesMs(long nowUs)
    {
        if (!_controller.KeepsDeadlines || _controller.BudgetMs is not { } budgetMs)
            return [];

        var deadlines = new double[_window.Count];
        for (var i = 0; i < deadlines.Length; i++)
        {
            var pair = _window[i];
            var deadline = budgetMs - ((nowUs - pair.QueuedUs) / 1000.0);
            // What came too late for anyone is at least not kept here for longer.
            deadlines[i] = deadline > _cost.Predict(1, pair.Length) ? deadline : budgetMs - ((nowUs - pair.ReceivedUs) / 1000.0);
        }

        return deadlines;
    }

    private IEnumerable<ForwardPass<TPair>> InArrivalOrder()
    {
        var sharing = _window.Where(pair => !pair.Alone).Chunk(_options.FixedRows);
        foreach (var rows in sharing.Concat(_window.Where(pair => pair.Alone).Select(pair => new[] { pair })))
        {
            var length = rows.Max(pair => pair.Length);
            yield return new ForwardPass<TPair>(rows, length, _window.Count, rows[0].Alone ? CloseReason.Alone : CloseReason.Planned, _cost.Predict(rows.Length, length));
        }
    }
}
