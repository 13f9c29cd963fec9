namespace Rerank.Scorer.Batching;

/// <summary>
/// Decides how many pairs are planned together, and so pulled: from what the cost model says of each size, corrected by what came of it.
/// Not thread-safe; times are unix microseconds.
/// </summary>
internal sealed class Controller
{
    private const long StepUs = 1_000_000;
    private const long JudgeUs = 2_000_000;

    // What predictions leave out (publishing, noise) must fit into the rest of the target.
    private const double PlannedShare = 0.95;

    // So much faster than pairs arrive, for a queue that has grown to get shorter.
    private const double Headroom = 1.15;

    // As fast as this at least, where nothing is faster: both rates are estimates.
    private const double LeastHeadroom = 0.95;

    // The same for a window that has to last; smaller than the other, since each class more is a delay for all.
    private const double SteadyHeadroom = 1.05;

    // A window is large enough when a larger one gains less than this.
    private const double NearlyBest = 0.99;

    // Above this many rows a pass, one more row is nearly free, and classes of lengths are worth waiting for.
    private const int LeastRowsOfAClass = 4;

    private readonly BatcherOptions _options;
    private readonly CostModel _cost;
    private readonly WindowChoices _choices;
    private readonly TargetCorrection _correction;
    private long _steppedUs = long.MinValue;
    private long _judgedUs = long.MinValue;
    private int _judgedVersion = -1;
    private long _arrivals;
    private long _arrivalsJudged;
    private WindowChoice? _steady;

    internal Controller(BatcherOptions options, CostModel cost, PassPlanner planner)
    {
        _options = options;
        _cost = cost;
        _choices = new WindowChoices(options, planner);
        _correction = new TargetCorrection(options);
        Readings = new TargetReadings(options);
        Decide();
    }

    internal TargetReadings Readings { get; }

    /// <summary>Pairs that may be planned together.</summary>
    internal int Window { get; private set; }

    /// <summary>The next window is pulled only when the last one has been taken: what is pulled earlier only waits here instead of there.</summary>
    internal bool PullsLate => Readings.Backlogged || _options is { TargetLatencyMs: null, TargetThroughput: not null };

    /// <summary>Whether the planner has to keep deadlines: not where throughput comes first and needs all there is.</summary>
    internal bool KeepsDeadlines { get; private set; }

    internal double? ReachableLatencyMs { get; private set; }

    internal double? ReachableThroughput { get; private set; }

    /// <summary>
    /// The classes of lengths that are served in turn, <see cref="WindowChoice.Classes"/>; empty where whole windows are planned. The
    /// more pairs wait, the more classes: that is slower for each, and faster for all.
    /// </summary>
    internal IReadOnlyList<int> ClassesFor(int waiting)
    {
        if (_steady is not { } steady)
            return [];
        var choice = _choices.All.FirstOrDefault(choice => choice.Pairs >= Math.Max(waiting, steady.Pairs), steady);
        return choice.Pairs >= LeastRowsOfAClass * choice.Classes.Count ? choice.Classes : [];
    }

    /// <summary>Milliseconds from queued or received to scored that pairs are planned for.</summary>
    internal double? BudgetMs => _options.TargetLatencyMs * PlannedShare;

    internal void OnArrived(int length, long queuedUs, long receivedUs, long nowUs)
    {
        _arrivals++;
        _choices.OnArrived(length);
        Readings.OnArrived(queuedUs, receivedUs, nowUs);
    }

    /// <summary>Looks at what came of the last decision, at most once a second.</summary>
    internal void Step(long nowUs)
    {
        if (!_choices.Judging && ShouldJudge(nowUs))
        {
            (_judgedUs, _judgedVersion, _arrivalsJudged) = (nowUs, _cost.Version, _arrivals);
            _choices.Begin();
        }

        if (_choices.Judging && _choices.Step())
            Decide();

        if (_steppedUs != long.MinValue && nowUs - _steppedUs < StepUs)
            return;

        _steppedUs = nowUs;
        Readings.Measure(nowUs);
        _correction.Correct(Readings, nowUs);
        Decide();
    }

    /// <summary>When the lengths or the costs are no longer those that the choices rest on; in the beginning often.</summary>
    private bool ShouldJudge(long nowUs) =>
        _arrivals > _arrivalsJudged
        && (_judgedUs == long.MinValue
            || (_arrivals >= 4 * _arrivalsJudged && _arrivals >= 16)
            || nowUs - _judgedUs >= (_cost.Version == _judgedVersion ? 5 * JudgeUs : JudgeUs));

    private void Decide()
    {
        var drift = _cost.Drift;
        var choices = _choices.All.Select(choice => choice.SlowerBy(drift)).ToArray();
        var quick = choices.MinBy(choice => choice.ReceiptMs)!;
        var timely = Timely(choices, quick);
        var best = LeastOfNearlyBest(choices);
        var within = LeastOfNearlyBest(timely);

        var choice = within;
        KeepsDeadlines = _options.TargetLatencyMs is not null;
        if (_options.TargetThroughput is { } floor)
        {
            var needed = floor * _correction.FloorFactor;
            var enough = Enough(choices, needed) ?? best;
            var both = within.PairsPerSecond >= needed && within.ReceiptMs <= (_options.TargetLatencyMs ?? double.PositiveInfinity);
            if (_options.TargetLatencyMs is null || (!both && _options.Priority == Priority.Throughput))
                (choice, KeepsDeadlines) = (enough, false);
        }

        ReachableThroughput = KeepsDeadlines ? within.PairsPerSecond : best.PairsPerSecond;
        var pairs = choice.Pairs;
        if (KeepsDeadlines && !Readings.Backlogged)
        {
            // What can be scored in time at all may come; the planner takes the oldest first where it has to.
            foreach (var wider in choices)
                pairs = wider.PlanMs <= _options.TargetLatencyMs ? Math.Max(pairs, wider.Pairs) : pairs;
        }

        _steady = KeepsDeadlines && !Readings.Backlogged ? Steady(choices) : null;
        if (_steady is not null)
            pairs = Math.Max(pairs, 3 * _steady.Pairs);
        // Under a load that comes evenly, what classes in turn reach is about the least; a missed target cannot be had below it.
        ReachableLatencyMs = _steady is not null && Readings.LatencyMissedByMs is not null ? Readings.QueuedP95Ms : quick.ReceiptMs;

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

        var needed = Readings.Arrivals.PairsPerSecond * Headroom;
        var timely = Within(choices, target * _correction.Margin);
        if (timely.Length == 0)
            timely = [quick];
        var stable = choices.Where(choice => choice.PairsPerSecond >= needed).ToArray();
        if (timely.Any(choice => choice.PairsPerSecond >= needed))
            return timely;
        if (stable.Length > 0)
            return [stable.MinBy(choice => choice.ReceiptMs)!];

        // With all there is the queue may get shorter after all, or hardly grow.
        var fastest = choices.MaxBy(choice => choice.PairsPerSecond)!;
        return fastest.PairsPerSecond >= Readings.Arrivals.PairsPerSecond * LeastHeadroom ? [fastest] : timely;
    }

    /// <summary>The smallest window that is as fast as pairs arrive: what comes while one is scored is the next. Null before enough came, and for bursts.</summary>
    private WindowChoice? Steady(WindowChoice[] choices)
    {
        var rate = Readings.Arrivals.PairsPerSecond * SteadyHeadroom;
        return rate == 0 || !Readings.Arrivals.Even ? null : choices.FirstOrDefault(choice => choice.PairsPerSecond >= rate) ?? choices[^1];
    }

    /// <summary>The quickest that is fast enough, or one between it and the next smaller size if that is not; null if none is.</summary>
    private static WindowChoice? Enough(WindowChoice[] choices, double needed)
    {
        var at = -1;
        for (var i = 0; i < choices.Length; i++)
        {
            if (choices[i].PairsPerSecond >= needed && (at < 0 || choices[i].ReceiptMs < choices[at].ReceiptMs))
                at = i;
        }

        if (at <= 0)
            return at < 0 ? null : choices[0];
        var (less, enough) = (choices[at - 1], choices[at]);
        return less.PairsPerSecond >= needed
            ? enough
            : less.Towards(enough, (needed - less.PairsPerSecond) / (enough.PairsPerSecond - less.PairsPerSecond));
    }

    /// <summary>All that take no longer from receipt to score, and one between the largest of them and the next size.</summary>
    private static WindowChoice[] Within(WindowChoice[] choices, double mostMs)
    {
        var last = Array.FindLastIndex(choices, choice => choice.ReceiptMs <= mostMs);
        var within = choices.Where(choice => choice.ReceiptMs <= mostMs);
        if (last >= 0 && last + 1 < choices.Length)
            within = within.Append(choices[last].Towards(choices[last + 1], (mostMs - choices[last].ReceiptMs) / (choices[last + 1].ReceiptMs - choices[last].ReceiptMs)));
        return [.. within];
    }

    private static WindowChoice LeastOfNearlyBest(WindowChoice[] choices)
    {
        var rate = choices.Max(choice => choice.PairsPerSecond) * NearlyBest;
        return choices.First(choice => choice.PairsPerSecond >= rate);
    }
}
