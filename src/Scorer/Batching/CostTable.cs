namespace Rerank.Scorer.Batching;

/// <summary>The cost of every number of rows of a length, worked out when a length is first asked for. Not thread-safe.</summary>
internal sealed class CostTable(BatcherOptions options, PassCost cost)
{
    // Up to so many rows twice over each number is asked for; above, few that are a small share apart, and lines between them.
    private const int EachRow = 16;

    // More for a row than this many times the least is more than a full pass is worth.
    private const double NearlyLeast = 1.02;

    private readonly Dictionary<int, double[]> _byLength = [];
    private readonly Dictionary<int, int> _worthwhile = [];

    /// <summary>Forgets everything: the costs have changed.</summary>
    internal void Clear()
    {
        _byLength.Clear();
        _worthwhile.Clear();
    }

    /// <summary>Milliseconds of 1, 2, … rows, up to as many as a pass of this length may have; never empty.</summary>
    internal double[] Rows(int length)
    {
        if (_byLength.TryGetValue(length, out var costs))
            return costs;

        costs = new double[MaxRows(length)];
        var known = 0;
        while (known < costs.Length)
        {
            var next = Math.Min(costs.Length, known + Math.Max(1, known / EachRow));
            costs[next - 1] = cost(next, length);
            for (var rows = known + 1; rows < next; rows++)
                costs[rows - 1] = costs[known - 1] + ((costs[next - 1] - costs[known - 1]) * (rows - known) / (next - known));
            known = next;
        }

        return _byLength[length] = costs;
    }

    /// <summary>Milliseconds of a pass.</summary>
    internal double Milliseconds(int rows, int length) => Rows(length)[rows - 1];

    /// <summary>Rows that a pass of this length may have; at least 1.</summary>
    internal int MaxRows(int length) =>
        options.OneRowAPass ? 1 : Math.Clamp(options.MaxPassTokens / length, 1, Math.Min(options.MaxPassRows, options.MaxWindow));

    /// <summary>
    /// The most rows of a pass of this length whose cost a row is about the least there is: all that are allowed on a device with a
    /// fixed cost a pass, few on a CPU.
    /// </summary>
    internal int WorthwhileRows(int length)
    {
        if (_worthwhile.TryGetValue(length, out var worthwhile))
            return worthwhile;

        var costs = Rows(length);
        var least = double.PositiveInfinity;
        for (var rows = 1; rows <= costs.Length; rows++)
            least = Math.Min(least, costs[rows - 1] / rows);
        worthwhile = costs.Length;
        while (costs[worthwhile - 1] > worthwhile * least * NearlyLeast)
            worthwhile--;
        return _worthwhile[length] = worthwhile;
    }
}
