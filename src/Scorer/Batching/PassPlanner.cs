using Rerank.Scorer.Models;

namespace Rerank.Scorer.Batching;

/// <summary>Cuts a window into forward passes of similar lengths under a token budget. Pure.</summary>
/// <param name="tokenBudget">Padded tokens (rows × longest) a pass holds at most, unless one pair alone is longer.</param>
internal sealed class PassPlanner(int tokenBudget)
{
    /// <summary>A planner for a model: where scores depend on what else is in a pass, every pair gets one of its own.</summary>
    internal static PassPlanner For(ModelFolder model, int tokenBudget) =>
        // One token is less than any pair has.
        new(model.NeedsPassesOfOneRow ? 1 : tokenBudget);

    /// <summary>
    /// The passes, longest first: sorted by length, each pass takes as many of the next pairs as fit beside its first and longest one.
    /// Every pair is in exactly one pass.
    /// </summary>
    internal IEnumerable<ForwardPass<TPair>> Plan<TPair>(IReadOnlyList<TPair> window)
        where TPair : IBatchable
    {
        foreach (var alone in window.Where(pair => pair.Alone))
            yield return new ForwardPass<TPair>([alone], alone.Length, window.Count, CloseReason.Alone);

        var sorted = window.Where(pair => !pair.Alone).OrderByDescending(pair => pair.Length).ToArray();
        for (var start = 0; start < sorted.Length;)
        {
            var longest = sorted[start].Length;
            var rows = Math.Clamp(tokenBudget / longest, 1, sorted.Length - start);
            yield return new ForwardPass<TPair>(
                new ArraySegment<TPair>(sorted, start, rows), longest, window.Count, CloseReason.Planned);
            start += rows;
        }
    }
}
