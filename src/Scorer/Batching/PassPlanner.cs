namespace Rerank.Scorer.Batching;

/// <summary>Cuts a window into forward passes of similar lengths. Pure.</summary>
internal sealed class PassPlanner(BatcherOptions options, PassCost cost)
{
    /// <summary>
    /// The passes, longest first: sorted by length, each pass takes as many of the next pairs as fit beside its first and longest one.
    /// Every pair is in exactly one pass.
    /// </summary>
    internal IEnumerable<ForwardPass<TPair>> Plan<TPair>(IReadOnlyList<TPair> window)
        where TPair : IBatchable
    {
        foreach (var alone in window.Where(pair => pair.Alone))
            yield return new ForwardPass<TPair>([alone], alone.Length, window.Count, CloseReason.Alone, cost(1, alone.Length));

        var sorted = window.Where(pair => !pair.Alone).OrderByDescending(pair => pair.Length).ToArray();
        for (var start = 0; start < sorted.Length;)
        {
            var longest = sorted[start].Length;
            var most = options.OneRowAPass ? 1 : Math.Min(options.MaxPassRows, options.MaxPassTokens / longest);
            var rows = Math.Clamp(most, 1, sorted.Length - start);
            yield return new ForwardPass<TPair>(
                new ArraySegment<TPair>(sorted, start, rows), longest, window.Count, CloseReason.Planned, cost(rows, longest));
            start += rows;
        }
    }
}
