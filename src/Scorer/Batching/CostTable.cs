namespace Rerank.Scorer.Batching;

/// <summary>The cost of every number of rows of a length, worked out when a length is first asked for. Not thread-safe.</summary>
internal sealed class CostTable(BatcherOptions options, PassCost cost)
{
    private readonly Dictionary<int, double[]> _byLength = [];

    /// <summary>Forgets everything: the costs have changed.</summary>
    internal void Clear() => _byLength.Clear();

    /// <summary>Milliseconds of 1, 2, … rows, up to as many as a pass of this length may have; never empty.</summary>
    internal double[] Rows(int length)
    {
        if (_byLength.TryGetValue(length, out var costs))
            return costs;

        costs = new double[MaxRows(length)];
        for (var rows = 1; rows <= costs.Length; rows++)
            costs[rows - 1] = cost(rows, length);
        return _byLength[length] = costs;
    }

    /// <summary>Rows that a pass of this length may have; at least 1.</summary>
    internal int MaxRows(int length) =>
        options.OneRowAPass ? 1 : Math.Clamp(options.MaxPassTokens / length, 1, Math.Min(options.MaxPassRows, options.MaxWindow));
}
