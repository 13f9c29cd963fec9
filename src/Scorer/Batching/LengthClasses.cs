namespace Rerank.Scorer.Batching;

/// <summary>
/// Classes of lengths that are served in turn. Where pairs come evenly, classes that stay the same, each served after about the same time,
/// keep the latency of nearly all pairs lower than whole plans do.
/// </summary>
internal static class LengthClasses
{
    /// <summary>The oldest pair and those of its class, longest first, and all others; both as indices.</summary>
    /// <param name="window">At least one pair.</param>
    /// <param name="classes">The greatest length of each class, longest first; the first class holds longer ones, too.</param>
    /// <param name="maxRows">Rows that a pass of a length may have.</param>
    internal static (int[] Pass, List<int> Others) OfTheOldest<TPair>(
        IReadOnlyList<TPair> window, IReadOnlyList<int> classes, Func<int, int> maxRows)
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
            if (window[oldest].Alone || pair.Alone || pair.Length <= above || pair.Length > upTo || chosen.Count >= maxRows(length))
            {
                others.Add(index);
                continue;
            }

            chosen.Add(index);
            longest = length;
        }

        return ([.. chosen.OrderByDescending(index => window[index].Length)], others);
    }

    private static (int Above, int UpTo) ClassOf(int length, IReadOnlyList<int> classes)
    {
        var at = 0;
        while (at + 1 < classes.Count && classes[at + 1] >= length)
            at++;
        return (at + 1 < classes.Count ? classes[at + 1] : 0, at == 0 ? int.MaxValue : classes[at]);
    }
}
