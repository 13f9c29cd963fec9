namespace Rerank.Scorer.Batching;

/// <summary>The cost of every number of rows of a length, worked out when a length is first asked for. Not thread-safe.</summary>
internal sealed class CostTable(BatcherOptions options, PassCost cost)
{
    // Up to so many rows twice over each number is asked for; above, few that are a small share apart, and lines between them.
    private const int EachRow = 16;

    private readonly Dictionary<int, double[]> _byLength = [];

    /// <summary>Forgets everything: the costs have changed.</summary>
    internal void Clear() => _byLength.Clear();

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
}
