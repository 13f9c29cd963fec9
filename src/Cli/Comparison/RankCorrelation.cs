namespace Rerank.Cli.Comparison;

/// <summary>How alike two series order things.</summary>
internal static class RankCorrelation
{
    /// <summary>Kendall's τ-b, which allows for ties, in O(n log n) (Knight 1966); null where a series is constant.</summary>
    internal static double? KendallTauB(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = a.ToArray();
        var y = b.ToArray();
        var order = Enumerable.Range(0, x.Length).ToArray();
        Array.Sort(order, (i, j) => x[i] != x[j] ? x[i].CompareTo(x[j]) : y[i].CompareTo(y[j]));
        float[] sortedX = [.. order.Select(i => x[i])];
        float[] sortedY = [.. order.Select(i => y[i])];

        var all = Pairs(x.Length);
        var tiedInX = Ties(order.Length, (i, j) => sortedX[i] == sortedX[j]);
        var tiedInBoth = Ties(order.Length, (i, j) => sortedX[i] == sortedX[j] && sortedY[i] == sortedY[j]);
        var discordant = SortCountingInversions(sortedY, new float[sortedY.Length]);
        var tiedInY = Ties(order.Length, (i, j) => sortedY[i] == sortedY[j]);
        if (tiedInX == all || tiedInY == all)
            return null;
        var balance = all - tiedInX - tiedInY + tiedInBoth - (2 * discordant);
        return Math.Clamp(balance / (Math.Sqrt(all - tiedInX) * Math.Sqrt(all - tiedInY)), -1, 1);
    }

    private static long Pairs(long count) => count * (count - 1) / 2;

    /// <summary>Pairs within the runs of equal neighbours.</summary>
    private static long Ties(int count, Func<int, int, bool> equal)
    {
        long ties = 0, run = 1;
        for (var i = 1; i <= count; i++)
        {
            if (i < count && equal(i - 1, i))
            {
                run++;
                continue;
            }

            ties += Pairs(run);
            run = 1;
        }

        return ties;
    }

    /// <summary>Merge sort; returns the number of pairs that stood in the wrong order.</summary>
    private static long SortCountingInversions(Span<float> values, Span<float> spare)
    {
        if (values.Length < 2)
            return 0;
        var half = values.Length / 2;
        var inversions = SortCountingInversions(values[..half], spare[..half]) + SortCountingInversions(values[half..], spare[half..]);
        int left = 0, right = half;
        for (var i = 0; i < values.Length; i++)
        {
            if (right == values.Length || (left < half && values[left] <= values[right]))
            {
                spare[i] = values[left++];
                continue;
            }

            spare[i] = values[right++];
            inversions += half - left;
        }

        spare.CopyTo(values);
        return inversions;
    }
}
