namespace Rerank.Scorer.Batching;

/// <summary>
/// Cuts pairs sorted by length, longest first, into the passes of least total time; where several lanes would otherwise wait for one long
/// pass, into shorter ones. Not thread-safe: it keeps its tables.
/// </summary>
internal sealed class LaneCutter(BatcherOptions options, CostTable costs)
{
    private const double NearlyEven = 1.03;
    private const int FewPairs = 256;

    // Shares of an even division that are tried as the longest pass.
    private static readonly double[] Caps = [1, 0.75, 0.5, 0.34, 0.25];

    private readonly PassCutter _cutter = new(costs);

    /// <summary>Rows of each pass, in the order of the pairs.</summary>
    /// <param name="lengths">Longest first.</param>
    /// <param name="busyMs">What is left of the passes that run, milliseconds.</param>
    /// <param name="drift">What all costs are to be multiplied by.</param>
    internal int[] Cut(ReadOnlySpan<int> lengths, ReadOnlySpan<double> busyMs, double drift)
    {
        var best = _cutter.Cut(lengths);
        if (options.Lanes == 1 || options.OneRowAPass || lengths.Length < 2)
            return best;

        var (even, makespan, longest) = Judge(lengths, best, busyMs, drift);
        // Within a few per cent of an even share there is nothing to gain.
        if (makespan <= even * NearlyEven)
            return best;

        var least = even + makespan;
        foreach (var share in Caps)
        {
            // Where no pass is longer anyway, the cut is the same.
            if (longest <= even * share)
                continue;
            Improve(ref best, ref least, _cutter.Cut(lengths, even * share / drift), lengths, busyMs, drift);
            if (least <= even * (1 + NearlyEven))
                return best;
        }

        // In a large window the caps do as well, and there are many more of these.
        var mostRows = lengths.Length > FewPairs ? 0 : Math.Min(lengths.Length, costs.MaxRows(lengths[0]));
        for (var rows = 1; rows <= mostRows; rows++)
            Improve(ref best, ref least, OfRows(lengths.Length, rows), lengths, busyMs, drift);

        return best;
    }

    private void Improve(
        ref int[] best, ref double least, int[] cut, ReadOnlySpan<int> lengths, ReadOnlySpan<double> busyMs, double drift)
    {
        var (even, makespan, _) = Judge(lengths, cut, busyMs, drift);
        if (even + makespan < least)
            (best, least) = (cut, even + makespan);
    }

    private static int[] OfRows(int pairs, int rows)
    {
        var cut = new int[(pairs + rows - 1) / rows];
        Array.Fill(cut, rows);
        cut[^1] = pairs - (rows * (cut.Length - 1));
        return cut;
    }

    /// <summary>Time of all lanes together, as a share of one lane; until the last is done; and of the longest pass.</summary>
    private (double Even, double Makespan, double Longest) Judge(ReadOnlySpan<int> lengths, int[] cut, ReadOnlySpan<double> busyMs, double drift)
    {
        var lanes = new LaneSchedule(options.Lanes, busyMs);
        var (total, longest, start) = (0.0, 0.0, 0);
        foreach (var rows in cut)
        {
            var ms = costs.Milliseconds(rows, lengths[start]) * drift;
            (total, longest) = (total + ms, Math.Max(longest, ms));
            lanes.Add(ms);
            start += rows;
        }

        return (total / options.Lanes, lanes.Makespan, longest);
    }
}
