using Rerank.Shared.Contracts;

namespace Rerank.Sink.Dedup;

/// <summary>Finds a job's dead letters again when its manifest is gone.</summary>
internal static class LostDead
{
    /// <summary>What of a state is done but not written; null if rows are missing, which would then pass as dead.</summary>
    public static IntervalSet? Find(IntervalSet written, SinkState state)
    {
        if (state.Written > written.Count)
            return null;
        var dead = new IntervalSet();
        foreach (var interval in IntervalSet.Parse(state.Done).Intervals)
        {
            for (var ordinal = interval.First; ordinal <= interval.Last; ordinal++)
            {
                if (!written.Contains(ordinal) && (!dead.Add(ordinal) || dead.Count > state.Dead))
                    return null;
            }
        }

        return dead;
    }
}
