using Rerank.Shared.Contracts;

namespace Rerank.Cli.Watching;

/// <summary>How large passes were between one heartbeat and the next, over all Scorers. Not thread-safe.</summary>
internal sealed class PassSizeHistory
{
    private const int Length = 32;

    private readonly Dictionary<string, ScorerHeartbeat> _before = new(StringComparer.Ordinal);
    private readonly List<double> _sizes = [];

    /// <summary>The history after these heartbeats, of which some may be known; the latest last.</summary>
    internal IReadOnlyList<double> Add(IReadOnlyList<ScorerHeartbeat> scorers)
    {
        var (pairs, passes) = (0L, 0L);
        foreach (var scorer in scorers)
        {
            if (_before.TryGetValue(scorer.Scorer, out var before))
            {
                pairs += scorer.PairsScored - before.PairsScored;
                passes += scorer.Passes - before.Passes;
            }

            _before[scorer.Scorer] = scorer;
        }

        if (passes > 0)
            _sizes.Add((double)pairs / passes);
        if (_sizes.Count > Length)
            _sizes.RemoveAt(0);
        return [.. _sizes];
    }
}
