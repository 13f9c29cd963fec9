namespace Rerank.Scorer.Batching;

/// <summary>
/// Cuts a window into the forward passes of least total time by the cost model (<see cref="LaneCutter"/>), and puts them in order. Not
/// thread-safe: it keeps its tables.
/// </summary>
internal sealed class PassPlanner
{
    private readonly BatcherOptions _options;
    private readonly CostTable _costs;
    private readonly LaneCutter _cutter;

    internal PassPlanner(BatcherOptions options, PassCost cost)
    {
        _options = options;
        _costs = new CostTable(options, cost);
        _cutter = new LaneCutter(options, _costs);
    }

    /// <summary>The costs have changed.</summary>
    internal void Forget() => _costs.Clear();

    /// <summary>A plan of the window. Every pair is in exactly one pass.</summary>
    internal PassPlan<TPair> Plan<TPair>(IReadOnlyList<TPair> window)
        where TPair : IBatchable => Plan(window, 1, [], []);

    /// <inheritdoc cref="Plan{TPair}(IReadOnlyList{TPair})"/>
    /// <param name="window">Pairs to be planned together.</param>
    /// <param name="drift">What all costs are to be multiplied by.</param>
    /// <param name="busyMs">What is left of the passes that run, milliseconds.</param>
    /// <param name="deadlinesMs">Of each pair, milliseconds from now; empty for none. The pass with the earliest goes first.</param>
    internal PassPlan<TPair> Plan<TPair>(
        IReadOnlyList<TPair> window, double drift, ReadOnlySpan<double> busyMs, ReadOnlySpan<double> deadlinesMs)
        where TPair : IBatchable
    {
        var passes = Cut(window, busyMs, drift);
        if (!deadlinesMs.IsEmpty)
            passes = EarliestFirst(passes, deadlinesMs);
        return new PassPlan<TPair>([.. passes.Select(pass => PassOf(window, pass, drift, CloseReason.Planned))], []);
    }

    /// <summary>One pass: the oldest pair with all that are of its class of lengths (<see cref="LengthClasses"/>).</summary>
    /// <param name="window">At least one pair.</param>
    /// <param name="classes">The greatest length of each class, longest first; the first class holds longer ones, too.</param>
    /// <param name="drift">What all costs are to be multiplied by.</param>
    internal PassPlan<TPair> PlanOldest<TPair>(IReadOnlyList<TPair> window, IReadOnlyList<int> classes, double drift)
        where TPair : IBatchable
    {
        var (pass, others) = LengthClasses.OfTheOldest(window, classes, _costs.WorthwhileRows);
        return new PassPlan<TPair>([PassOf(window, pass, drift, CloseReason.Oldest)], [.. others.Select(index => window[index])]);
    }

    /// <summary>What a plan of pairs of these lengths comes to, with all lanes free; sorts them.</summary>
    internal PlanOutline Outline(int[] lengths)
    {
        Array.Sort(lengths);
        Array.Reverse(lengths);
        var lanes = new LaneSchedule(_options.Lanes, []);
        var (total, longest, shortest, start) = (0.0, 0.0, double.PositiveInfinity, 0);
        var passes = new List<int>();
        foreach (var rows in _cutter.Cut(lengths, [], 1))
        {
            passes.Add(lengths[start]);
            var ms = _costs.Milliseconds(rows, lengths[start]);
            (total, longest, shortest) = (total + ms, Math.Max(longest, ms), Math.Min(shortest, ms));
            lanes.Add(ms);
            start += rows;
        }

        return new PlanOutline(lengths.Length, total, lanes.Makespan, longest, shortest, passes);
    }

    /// <summary>Earliest deadline first; of those of the same, the longest.</summary>
    private static List<int[]> EarliestFirst(List<int[]> passes, ReadOnlySpan<double> deadlinesMs)
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
        return [.. sorted];
    }

    /// <summary>Passes as indices of their pairs, those that must be alone first, then longest first.</summary>
    private List<int[]> Cut<TPair>(IReadOnlyList<TPair> window, ReadOnlySpan<double> busyMs, double drift)
        where TPair : IBatchable
    {
        var passes = new List<int[]>();
        var sharing = 0;
        var order = new int[window.Count];
        var lengths = new int[window.Count];
        for (var index = 0; index < window.Count; index++)
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
        foreach (var rows in _cutter.Cut(lengths.AsSpan(0, sharing), busyMs, drift))
        {
            passes.Add(order[start..(start + rows)]);
            start += rows;
        }

        return passes;
    }

    private ForwardPass<TPair> PassOf<TPair>(IReadOnlyList<TPair> window, int[] pass, double drift, string reason)
        where TPair : IBatchable
    {
        var length = window[pass[0]].Length;
        var pairs = new TPair[pass.Length];
        for (var row = 0; row < pass.Length; row++)
            pairs[row] = window[pass[row]];
        var why = pairs[0].Alone ? CloseReason.Alone
            : pass.Length > 1 && pass.Length == _costs.MaxRows(length) ? CloseReason.Memory
            : reason;
        return new ForwardPass<TPair>(pairs, length, window.Count, why, _costs.Milliseconds(pass.Length, length) * drift);
    }
}
