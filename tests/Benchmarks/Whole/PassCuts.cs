namespace Rerank.Benchmarks.Whole;

/// <summary>Ways to cut pairs into forward passes: their lengths in, a pass's indices out.</summary>
internal static class PassCuts
{
    /// <summary>In order of arrival.</summary>
    internal static IReadOnlyList<int[]> Arrival(IReadOnlyList<int> lengths, int rows) =>
        [.. Enumerable.Range(0, lengths.Count).Chunk(rows)];

    /// <summary>All pairs sorted, the longest first.</summary>
    internal static IReadOnlyList<int[]> Sorted(IReadOnlyList<int> lengths, int rows) =>
        [.. LongestFirst(Enumerable.Range(0, lengths.Count), lengths).Chunk(rows)];

    /// <summary>As infinity does: so many passes' pairs are taken in order of arrival and sorted.</summary>
    internal static IReadOnlyList<int[]> LookAhead(IReadOnlyList<int> lengths, int rows, int passes) =>
        [.. Enumerable.Range(0, lengths.Count).Chunk(rows * passes).SelectMany(window => LongestFirst(window, lengths).Chunk(rows))];

    /// <summary>Part of all tokens of the passes that is padding.</summary>
    internal static double PaddingWaste(IEnumerable<int[]> passes, IReadOnlyList<int> lengths)
    {
        var (real, padded) = (0L, 0L);
        foreach (var pass in passes)
        {
            real += pass.Sum(index => lengths[index]);
            padded += (long)pass.Length * pass.Max(index => lengths[index]);
        }

        return 1 - ((double)real / padded);
    }

    private static IEnumerable<int> LongestFirst(IEnumerable<int> indices, IReadOnlyList<int> lengths) =>
        indices.OrderByDescending(index => lengths[index]);
}
