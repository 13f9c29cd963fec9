using Rerank.Shared.Contracts;

namespace Rerank.Cli.Output;

/// <summary>How a Scorer fares against its targets, in words.</summary>
internal static class PaceText
{
    internal static IEnumerable<string> Lines(ScorerPace pace)
    {
        yield return $"{pace.PairsPerSecond:N0} pairs/s, window {pace.Window:N0}{Latency(pace)}";
        if (pace.LatencyMissedByMs is not null)
        {
            yield return pace.Backlogged
                ? $"target latency missed: pairs wait in the queue; from receipt to score p95 is {pace.ReceiptP95Ms:N0} ms"
                : $"target latency missed by {pace.LatencyMissedByMs:N0} ms; {pace.ReachableLatencyMs:N0} ms can be had here";
        }

        if (pace.ThroughputMissedBy is not null)
        {
            yield return $"target throughput of {pace.TargetThroughput:N0} pairs/s missed by {pace.ThroughputMissedBy:N0}; "
                + $"{pace.ReachableThroughput:N0} can be had here";
        }
    }

    private static string Latency(ScorerPace pace) => (pace.LatencyP95Ms, pace.TargetLatencyMs) switch
    {
        ({ } p95, { } target) => $", p95 {p95:N0} ms of {target:N0} ms",
        ({ } p95, null) => $", p95 {p95:N0} ms",
        (null, { } target) => $", target {target:N0} ms",
        _ => "",
    };
}
