namespace Rerank.Scorer.Batching;

/// <summary>How far predictions are trusted beyond what was seen: the law knows nothing of a cache that is too small.</summary>
internal static class CostTrust
{
    // Passes so much larger than any that was seen may be tried, and no larger.
    private const int Stride = 2;
    private const int FirstTokens = 512;
    private const double Unworthy = 1.02;

    /// <summary>Takes a pass far larger than any that was seen to gain nothing over several smaller ones.</summary>
    /// <param name="surface">Milliseconds of each node of the <see cref="CostGrid"/>.</param>
    /// <param name="isSeen">Whether there was a pass near a node.</param>
    internal static void Limit(double[] surface, Func<int, bool> isSeen)
    {
        var trusted = FirstTokens;
        for (var node = 0; node < CostGrid.Count; node++)
        {
            var (rows, length) = CostGrid.ShapeAt(node);
            if (isSeen(node))
                trusted = Math.Max(trusted, Stride * rows * length);
        }

        for (var column = 0; column < CostGrid.Lengths.Length; column++)
        {
            var leastARow = double.PositiveInfinity;
            for (var row = 0; row < CostGrid.Rows.Length; row++)
            {
                var at = CostGrid.IndexOf(row, column);
                var rows = CostGrid.Rows[row];
                if (rows == 1 || rows * CostGrid.Lengths[column] <= trusted)
                    leastARow = Math.Min(leastARow, surface[at] / rows);
                else
                    surface[at] = Math.Max(surface[at], leastARow * rows * Unworthy);
            }
        }
    }
}
