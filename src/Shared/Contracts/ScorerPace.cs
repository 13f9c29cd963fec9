namespace Rerank.Shared.Contracts;

/// <summary>What a Scorer aims at, and what came of it over the last seconds. Latencies are milliseconds, rates pairs a second.</summary>
/// <param name="Window">Pairs that may be planned together.</param>
/// <param name="PairsPerSecond">Scored.</param>
/// <param name="LatencyP95Ms">From queued to scored; null if nothing was scored.</param>
/// <param name="ReceiptP95Ms">From received to scored; null if nothing was scored.</param>
/// <param name="TargetLatencyMs">Of <paramref name="LatencyP95Ms"/>; null for none.</param>
/// <param name="TargetThroughput">Of <paramref name="PairsPerSecond"/>; null for none.</param>
/// <param name="LatencyMissedByMs">Null if it is not.</param>
/// <param name="ThroughputMissedBy">Null if it is not.</param>
/// <param name="ReachableLatencyMs">The least that this device allows, from received to scored.</param>
/// <param name="ReachableThroughput">The most that this device allows, within the latency target if that comes first.</param>
/// <param name="Backlogged">Pairs are older than the latency target when they come: from receipt on it is kept.</param>
public sealed record ScorerPace(
    int Window,
    double PairsPerSecond,
    double? LatencyP95Ms,
    double? ReceiptP95Ms,
    double? TargetLatencyMs,
    double? TargetThroughput,
    double? LatencyMissedByMs,
    double? ThroughputMissedBy,
    double? ReachableLatencyMs,
    double? ReachableThroughput,
    bool Backlogged);
