namespace Rerank.Scorer.Batching;

/// <summary>
/// Cuts a window into the forward passes of least total time by the cost model; where several lanes would otherwise wait for one long
/// pass, into shorter ones; and where pairs would miss their deadlines, the oldest pairs first. Not thread-safe: it keeps its tables.
/// </summary>
internal sealed class PassPlanner
{
    private const double NearlyEven = 1.03;
    private const int FewPairs = 256;

    // Targets are for 95 % of the pairs.
    private const double MayBeLate = 0.05;
    private const double MayCost = 1.05;

    // Shares of an even division that are tried as the longest pass.
    private static readonly double[] Caps = [1, 0.75, 0.5, 0.34, 0.25];

    private readonly BatcherOptions _options;
    private readonly CostTable _costs;
    private readonly PassCutter _cutter;

    internal PassPlanner(BatcherOptions options, PassCost cost)
    {
        _options = options;
        _costs = new CostTable(options, cost);
        _cutter = new PassCutter(_costs);
    }

    /// <summary>The costs have changed.</summary>
    internal void Forget() => _costs.Clear();

    /// <summary>A plan of the window. Every pair is in exactly one pass, or left for later.</summary>
    internal PassPlan<TPair> Plan<TPair>(IReadOnlyList<TPair> window)
        where TPair : IBatchable => Plan(window, 1, [], []);

    /// <inheritdoc cref="Plan{TPair}(IReadOnlyList{TPair})"/>
    /// <param name="window">Pairs to be planned together.</param>
    /// <param name="drift">What all costs are to be multiplied by.</param>
    /// <param name="busyMs">What is left of the passes that run, milliseconds.</param>
    /// <param name="deadlinesMs">Of each pair, milliseconds from now; empty for none.</param>
    internal PassPlan<TPair> Plan<TPair>(
        IReadOnlyList<TPair> window, double drift, ReadOnlySpan<double> busyMs, ReadOnlySpan<double> deadlinesMs)
        where TPair : IBatchable
    {
        if (deadlinesMs.IsEmpty)
            return new PassPlan<TPair>(Passes(window, Cut(window, Indices(window.Count), busyMs, drift), drift, CloseReason.Planned), []);

        var byAge = Indices(window.Count);
        Array.Sort(deadlinesMs.ToArray(), byAge);
        var (now, later) = InAgeGroups(window, byAge, deadlinesMs, busyMs, drift);
        var reason = later.Length == 0 ? CloseReason.Planned : CloseReason.Deadline;
        return new PassPlan<TPair>(Passes(window, now, drift, reason), [.. later.Select(index => window[index])]);
    }

    /// <summary>
    /// One pass: the oldest pair with all that are of its class of lengths. Where pairs come evenly, classes that stay the same are
    /// served in turn, each after about the same time, which keeps the latency of nearly all pairs lower than whole plans do.
    /// </summary>
    /// <param name="window">At least one pair.</param>
    /// <param name="classes">The greatest length of each class, longest first; the first class holds longer ones, too.</param>
    /// <param name="drift">What all costs are to be multiplied by.</param>
    internal PassPlan<TPair> PlanOldest<TPair>(IReadOnlyList<TPair> window, IReadOnlyList<int> classes, double drift)
        where TPair : IBatchable
    {
        var oldest = 0;
        for (var index = 1; index < window.Count; index++)
            oldest = window[index].QueuedUs < window[oldest].QueuedUs ? index : oldest;

        var (above, upTo) = ClassOf(window[oldest].Length, classes);
        List<int> chosen = [oldest], others = [];
        var longest = window[oldest].Length;
        for (var index = 0; index < window.Count; index++)
        {
            var pair = window[index];
            if (index == oldest)
                continue;
            var length = Math.Max(longest, pair.Length);
            if (window[oldest].Alone || pair.Alone || pair.Length <= above || pair.Length > upTo || chosen.Count >= _costs.MaxRows(length))
            {
                others.Add(index);
                continue;
            }

            chosen.Add(index);
            longest = length;
        }

        int[] pass = [.. chosen.OrderByDescending(index => window[index].Length)];
        return new PassPlan<TPair>(Passes(window, [pass], drift, CloseReason.Oldest), [.. others.Select(index => window[index])]);
    }

    private static (int Above, int UpTo) ClassOf(int length, IReadOnlyList<int> classes)
    {
        var at = 0;
        while (at + 1 < classes.Count && classes[at + 1] >= length)
            at++;
        return (at + 1 < classes.Count ? classes[at + 1] : 0, at == 0 ? int.MaxValue : classes[at]);
    }

    /// <summary>What a plan of pairs of these lengths comes to, with all lanes free; sorts them.</summary>
    internal PlanOutline Outline(int[] lengths)
    {
        Array.Sort(lengths);
        Array.Reverse(lengths);
        var lanes = new LaneSchedule(_options.Lanes, []);
        var (total, longest, shortest, start) = (0.0, 0.0, double.PositiveInfinity, 0);
        var passes = new List<int>();
        foreach (var rows in CutForLanes(lengths, [], 1))
        {
            passes.Add(lengths[start]);
            var ms = _cutter.Cost(rows, lengths[start]);
            (total, longest, shortest) = (total + ms, Math.Max(longest, ms), Math.Min(shortest, ms));
            lanes.Add(ms);
            start += rows;
        }

        return new PlanOutline(lengths.Length, total, lanes.Makespan, longest, shortest, passes);
    }

    /// <summary>
    /// All pairs together if that keeps nearly all deadlines; else the oldest half, quarter or eighth first, whichever is late for the
    /// fewest; of a large window only the quarter, since every cut of it takes its time. Not at any price: a device that is kept busy with smaller passes falls behind, and is late for all.
    /// </summary>
    private (List<int[]> Now, int[] Later) InAgeGroups<TPair>(
        IReadOnlyList<TPair> window, int[] byAge, ReadOnlySpan<double> deadlinesMs, ReadOnlySpan<double> busyMs, double drift)
        where TPair : IBatchable
    {
        var best = Cut(window, byAge, busyMs, drift);
        EarliestFirst(best, deadlinesMs);
        int[] later = [];
        var (fewest, together) = Late(window, best, deadlinesMs, busyMs, drift);
        var (firstPart, lastPart) = byAge.Length > FewPairs ? (4, 4) : (2, 8);
        for (var part = firstPart; part <= lastPart && fewest > MayBeLate * byAge.Length && byAge.Length >= part; part *= 2)
        {
            var first = byAge[..(byAge.Length / part)];
            var rest = byAge[first.Length..];
            var passes = Cut(window, first, busyMs, drift);
            EarliestFirst(passes, deadlinesMs);
            var (late, apart) = Late(window, [.. passes, .. Cut(window, rest, [], drift)], deadlinesMs, busyMs, drift);
            if (late < fewest && apart <= together * MayCost)
                (best, later, fewest) = (passes, rest, late);
        }

        return (best, later);
    }

    /// <summary>How many pairs are late, and the time of all passes.</summary>
    private (int Pairs, double TotalMs) Late<TPair>(
        IReadOnlyList<TPair> window, List<int[]> passes, ReadOnlySpan<double> deadlinesMs, ReadOnlySpan<double> busyMs, double drift)
        where TPair : IBatchable
    {
        var lanes = new LaneSchedule(_options.Lanes, busyMs);
        var (late, total) = (0, 0.0);
        foreach (var pass in passes)
        {
            var ms = Cost(window, pass) * drift;
            var end = lanes.Add(ms);
            total += ms;
            foreach (var index in pass)
                late += end > deadlinesMs[index] ? 1 : 0;
        }

        return (late, total);
    }

    /// <summary>Earliest deadline first; of those of the same, the longest.</summary>
    private static void EarliestFirst(List<int[]> passes, ReadOnlySpan<double> deadlinesMs)
    {
        var order = new (double, int)[passes.Count];
        for (var at = 0; at < order.Length; at++)
        {
            var earliest = double.PositiveInfinity;
            foreach (var index in passes[at])
                earliest = Math.Min(earliest, deadlinesMs[index]);
            order[at] = (earliest, at);
        }

        var sorted = passes.ToArray();
        Array.Sort(order, sorted);
        passes.Clear();
        passes.AddRange(sorted);
    }

    /// <summary>Passes of some pairs of the window as their indices, longest first.</summary>
    private List<int[]> Cut<TPair>(IReadOnlyList<TPair> window, int[] pairs, ReadOnlySpan<double> busyMs, double drift)
        where TPair : IBatchable
    {
        var passes = new List<int[]>();
        var sharing = 0;
        var order = new int[pairs.Length];
        var lengths = new int[pairs.Length];
        foreach (var index in pairs)
        {
            if (window[index].Alone)
            {
                passes.Add([index]);
                continue;
            }

            order[sharing] = index;
            lengths[sharing++] = -window[index].Length;
        }

        Array.Sort(lengths, order, 0, sharing);
        for (var i = 0; i < sharing; i++)
            lengths[i] = -lengths[i];

        var start = 0;
        foreach (var rows in CutForLanes(lengths.AsSpan(0, sharing), busyMs, drift))
        {
            passes.Add(order[start..(start + rows)]);
            start += rows;
        }

        return passes;
    }

    private int[] CutForLanes(ReadOnlySpan<int> lengths, ReadOnlySpan<double> busyMs, double drift)
    {
        var best = _cutter.Cut(lengths);
        if (_options.Lanes == 1 || _options.OneRowAPass || lengths.Length < 2)
            return best;

        var (even, makespan) = Judge(lengths, best, busyMs, drift);
        var least = even + makespan;
        // Within a few per cent of an even share there is nothing to gain.
        if (makespan <= even * NearlyEven)
            return best;

        foreach (var cut in Alternatives(lengths, even / drift))
        {
            var (cutEven, cutMakespan) = Judge(lengths, cut, busyMs, drift);
            if (cutEven + cutMakespan < least)
                (best, least) = (cut, cutEven + cutMakespan);
        }

        return best;
    }

    /// <summary>Cuts with no pass above some share of an even division, and cuts into passes of the same rows.</summary>
    private List<int[]> Alternatives(ReadOnlySpan<int> lengths, double evenMs)
    {
        var cuts = new List<int[]>();
        foreach (var share in Caps)
            cuts.Add(_cutter.Cut(lengths, evenMs * share));

        // In a large window the caps do as well, and there are many more of these.
        var mostRows = lengths.Length > FewPairs ? 0 : Math.Min(lengths.Length, _costs.Rows(lengths[0]).Length);
        for (var rows = 1; rows <= mostRows; rows++)
        {
            var cut = new int[(lengths.Length + rows - 1) / rows];
            Array.Fill(cut, rows);
            cut[^1] = lengths.Length - (rows * (cut.Length - 1));
            cuts.Add(cut);
        }

        return cuts;
    }

    /// <summary>Time of all lanes together, as a share of one lane, and until the last is done.</summary>
    private (double Even, double Makespan) Judge(ReadOnlySpan<int> lengths, int[] cut, ReadOnlySpan<double> busyMs, double drift)
    {
        var lanes = new LaneSchedule(_options.Lanes, busyMs);
        var total = 0.0;
        var start = 0;
        foreach (var rows in cut)
        {
            var ms = _cutter.Cost(rows, lengths[start]) * drift;
            total += ms;
            lanes.Add(ms);
            start += rows;
        }

        return (total / _options.Lanes, lanes.Makespan);
    }

    private double Cost<TPair>(IReadOnlyList<TPair> window, int[] pass)
        where TPair : IBatchable => _cutter.Cost(pass.Length, window[pass[0]].Length);

    private List<ForwardPass<TPair>> Passes<TPair>(IReadOnlyList<TPair> window, List<int[]> passes, double drift, string reason)
        where TPair : IBatchable
    {
        var result = new List<ForwardPass<TPair>>(passes.Count);
        foreach (var pass in passes)
        {
            var length = window[pass[0]].Length;
            var pairs = new TPair[pass.Length];
            for (var row = 0; row < pass.Length; row++)
                pairs[row] = window[pass[row]];
            var why = pairs[0].Alone ? CloseReason.Alone
                : pass.Length > 1 && pass.Length == _costs.Rows(length).Length ? CloseReason.Memory
                : reason;
            result.Add(new ForwardPass<TPair>(pairs, length, window.Count, why, Cost(window, pass) * drift));
        }

        return result;
    }

    private static int[] Indices(int count)
    {
        var indices = new int[count];
        for (var i = 0; i < count; i++)
            indices[i] = i;
        return indices;
    }
}
