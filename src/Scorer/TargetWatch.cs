using Microsoft.Extensions.Logging;
using Rerank.Scorer.Batching;
using Rerank.Shared.Contracts;

namespace Rerank.Scorer;

/// <summary>Says once when a target is missed, and once when it has been met again for a while. Not thread-safe.</summary>
internal sealed class TargetWatch(ILogger logger)
{
    // A target that is missed every other look is missed.
    private const int LooksToBelieve = 3;

    private int _latencyMetFor = LooksToBelieve;
    private int _throughputMetFor = LooksToBelieve;

    /// <summary>Looks at the state of this moment, and puts it into the form that others read.</summary>
    internal ScorerPace Look(BatcherState state)
    {
        LookAtLatency(state);
        LookAtThroughput(state);
        return new ScorerPace(
            state.Window,
            Math.Round(state.PairsPerSecond, 1),
            Rounded(state.QueuedP95Ms),
            Rounded(state.ReceivedP95Ms),
            state.TargetLatencyMs,
            state.TargetThroughput,
            Rounded(state.LatencyMissedByMs),
            Rounded(state.ThroughputMissedBy),
            Rounded(state.ReachableLatencyMs),
            Rounded(state.ReachableThroughput),
            state.Backlogged);
    }

    private void LookAtLatency(BatcherState state)
    {
        if (Turns(state.LatencyMissedByMs is not null, ref _latencyMetFor) is not { } missed)
            return;
        if (!missed)
            Log.LatencyMet(logger, state.TargetLatencyMs!.Value);
        else if (state.Backlogged)
            Log.LatencyMissedUnderBacklog(logger, state.QueuedP95Ms!.Value, state.TargetLatencyMs!.Value, state.ReceivedP95Ms!.Value);
        else
            Log.LatencyMissed(logger, state.QueuedP95Ms!.Value, state.TargetLatencyMs!.Value, state.ReachableLatencyMs);
    }

    private void LookAtThroughput(BatcherState state)
    {
        if (Turns(state.ThroughputMissedBy is not null, ref _throughputMetFor) is not { } missed)
            return;
        if (missed)
            Log.ThroughputMissed(logger, state.PairsPerSecond, state.TargetThroughput!.Value, state.ReachableThroughput);
        else
            Log.ThroughputMet(logger, state.TargetThroughput!.Value);
    }

    /// <summary>Whether a target is missed from now on (true), or met again (false); null if nothing has changed.</summary>
    private static bool? Turns(bool isMissed, ref int metFor)
    {
        var wasMet = metFor >= LooksToBelieve;
        metFor = isMissed ? 0 : Math.Min(metFor + 1, LooksToBelieve);
        var isMet = metFor >= LooksToBelieve;
        return isMet == wasMet ? null : !isMet;
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 1) : null;
}
