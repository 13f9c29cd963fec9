namespace Rerank.Scorer.Batching;

/// <summary>
/// Decides how many pairs are planned together, and so pulled: from what the cost model says of each size, corrected by what came of it.
/// Not thread-safe; times are unix microseconds.
/// </summary>
internal sealed class Controller
{
    private const long StepUs = 1_000_000;
    private const long JudgeUs = 2_000_000;
    private const long SpanUs = 5_000_000;

    // What predictions leave out (publishing, noise) must fit into the rest of the target.
    private const double FirstMargin = 0.9;
    private const double LeastMargin = 0.3;
    private const double PlannedShare = 0.95;

    // So much faster than pairs arrive, for a queue that has grown to get shorter.
    private const double Headroom = 1.15;

    // A window is large enough when a larger one gains less than this.
    private const double NearlyBest = 0.99;

    private readonly BatcherOptions _options;
    private readonly CostModel _cost;
    private readonly WindowChoices _choices;
    private readonly Recent _queued = new(4096, SpanUs);
    private readonly Recent _received = new(4096, SpanUs);
    private readonly Recent _ages = new(64, SpanUs);
    private readonly ArrivalRate _arrivalRate = new();
    private readonly Recent _scored = new(8192, SpanUs);
    private long _steppedUs = long.MinValue;
    private long _judgedUs = long.MinValue;
    private int _judgedVersion = -1;
    private long _arrivals;
    private long _arrivalsJudged;
    private bool _idled;
    private double _margin = FirstMargin;
    private double _floorFactor = 1;

    internal Controller(BatcherOptions options, CostModel cost, PassPlanner planner)
    {
        _options = options;
        _cost = cost;
        _choices = new WindowChoices(options, planner);
        _choices.Judge();
        Decide();
    }

    /// <summary>Pairs that may be planned together.</summary>
    internal int Window { get; private set; }

    /// <summary>Pairs come here too old for the latency target: receipt to score is what is bounded then.</summary>
    internal bool Backlogged { get; private set; }

    /// <summary>The next window is pulled only when the last one has been taken: what is pulled earlier only waits here instead of there.</summary>
    internal bool PullsLate => Backlogged || _options is { TargetLatencyMs: null, TargetThroughput: not null };

    /// <summary>Whether the planner has to keep deadlines: not where throughput comes first and needs all there is.</summary>
    internal bool KeepsDeadlines { get; private set; }

    internal double? QueuedP95Ms { get; private set; }

    internal double? ReceivedP95Ms { get; private set; }

    internal double PairsPerSecond { get; private set; }

    internal double? LatencyMissedByMs { get; private set; }

    internal double? ThroughputMissedBy { get; private set; }

    internal double? ReachableLatencyMs { get; private set; }

    internal double? ReachableThroughput { get; private set; }

    /// <summary>Milliseconds from queued or received to scored that pairs are planned for.</summary>
    internal double? BudgetMs => _options.TargetLatencyMs * PlannedShare;

    internal void OnArrived(int length, long queuedUs, long receivedUs, long nowUs)
    {
        _arrivals++;
        _choices.OnArrived(length);
        _arrivalRate.OnArrived(queuedUs);
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

    /// <summary>Looks at what came of the last decision, at most once a second.</summary>
    internal void Step(long nowUs)
    {
        if (ShouldJudge(nowUs))
        {
            (_judgedUs, _judgedVersion, _arrivalsJudged) = (nowUs, _cost.Version, _arrivals);
            _choices.Judge();
            Decide();
        }

        if (_steppedUs != long.MinValue && nowUs - _steppedUs < StepUs)
            return;

        _steppedUs = nowUs;
        Measure(nowUs);
        Correct(nowUs);
        Decide();
        _idled = false;
    }

    /// <summary>When the lengths or the costs are no longer those that the choices rest on; in the beginning often.</summary>
    private bool ShouldJudge(long nowUs) =>
        _arrivals > _arrivalsJudged
        && (_judgedUs == long.MinValue
            || (_arrivals >= 4 * _arrivalsJudged && _arrivals >= 16)
            || nowUs - _judgedUs >= (_cost.Version == _judgedVersion ? 5 * JudgeUs : JudgeUs));

    private void Measure(long nowUs)
    {
        QueuedP95Ms = _queued.Quantile(0.95, nowUs);
        ReceivedP95Ms = _received.Quantile(0.95, nowUs);
        PairsPerSecond = _scored.PerSecond(nowUs);
        if (_options.TargetLatencyMs is { } target && _ages.Quantile(0.5, nowUs, 16) is { } age)
            Backlogged = age > (Backlogged ? target / 2 : target);
        LatencyMissedByMs = QueuedP95Ms - _options.TargetLatencyMs is > 0 and var late ? late : null;
        ThroughputMissedBy = !_idled && PairsPerSecond > 0 && _options.TargetThroughput - PairsPerSecond is > 0 and var wanting ? wanting : null;
    }

    /// <summary>Where predictions came out too good, more is asked of them.</summary>
    private void Correct(long nowUs)
    {
        if (Backlogged && _received.Quantile(0.95, nowUs, 20) is { } p95)
        {
            var share = p95 / _options.TargetLatencyMs!.Value;
            var margin = Math.Clamp(_margin * (share > 1 ? 0.93 : share < 0.75 ? 1.02 : 1), LeastMargin, FirstMargin);
            if (margin < _margin)
                _received.Since(nowUs);
            _margin = margin;
        }

        if (_options.TargetThroughput is { } floor && !_idled && PairsPerSecond > 0)
        {
            var share = PairsPerSecond / floor;
            _floorFactor = Math.Clamp(_floorFactor * (share < 0.99 ? 1.03 : share > 1.03 ? 0.99 : 1), 1, 1.5);
        }
    }

    private void Decide()
    {
        var drift = _cost.Drift;
        var choices = _choices.All.Select(choice => choice.SlowerBy(drift)).ToArray();
        var quick = choices.MinBy(choice => choice.ReceiptMs);
        var timely = Timely(choices, quick);
        var best = LeastOfNearlyBest(choices);
        var within = LeastOfNearlyBest(timely);
        ReachableLatencyMs = quick.ReceiptMs;

        var choice = within;
        KeepsDeadlines = _options.TargetLatencyMs is not null;
        if (_options.TargetThroughput is { } floor)
        {
            var enough = choices.Where(choice => choice.PairsPerSecond >= floor * _floorFactor).DefaultIfEmpty(best).MinBy(choice => choice.ReceiptMs);
            var both = within.PairsPerSecond >= floor * _floorFactor && within.ReceiptMs <= (_options.TargetLatencyMs ?? double.PositiveInfinity);
            if (_options.TargetLatencyMs is null || (!both && _options.Priority == Priority.Throughput))
                (choice, KeepsDeadlines) = (enough, false);
        }

        ReachableThroughput = KeepsDeadlines ? within.PairsPerSecond : best.PairsPerSecond;
        var pairs = choice.Pairs;
        if (KeepsDeadlines && !Backlogged)
        {
            // What can be scored in time at all may come; the planner takes the oldest first where it has to.
            foreach (var wider in choices)
                pairs = wider.PlanMs <= _options.TargetLatencyMs ? Math.Max(pairs, wider.Pairs) : pairs;
        }

        // What is here must be acked long before the queue gives it to somebody else.
        var acked = (int)Math.Min(_options.MaxWindow, choice.PairsPerSecond * _options.AckWait.TotalSeconds / 3);
        // Fewer would be gone before the next ones are here.
        var ahead = (int)Math.Min(_options.MaxWindow, choice.PairsPerSecond * _options.PullAhead.TotalSeconds);
        var least = Math.Min(Math.Max(2 * _options.Lanes, ahead), _options.MaxWindow);
        Window = Math.Clamp(Math.Min(pairs, acked), least, _options.MaxWindow);
    }

    /// <summary>
    /// Choices that keep the latency target. A window that is too slow for what arrives keeps it for nobody in the end, so that a
    /// faster one is chosen if there is; if there is none, the pairs that are here are at least not kept for longer.
    /// </summary>
    private WindowChoice[] Timely(WindowChoice[] choices, WindowChoice quick)
    {
        if (_options.TargetLatencyMs is not { } target)
            return choices;

        var needed = _arrivalRate.PairsPerSecond * Headroom;
        var timely = choices.Where(choice => choice.ReceiptMs <= target * _margin).DefaultIfEmpty(quick).ToArray();
        var stable = choices.Where(choice => choice.PairsPerSecond >= needed).ToArray();
        return stable.Length == 0 || timely.Any(choice => choice.PairsPerSecond >= needed)
            ? timely
            : [stable.MinBy(choice => choice.ReceiptMs)];
    }

    private static WindowChoice LeastOfNearlyBest(WindowChoice[] choices)
    {
        var rate = choices.Max(choice => choice.PairsPerSecond) * NearlyBest;
        return choices.First(choice => choice.PairsPerSecond >= rate);
    }
}
