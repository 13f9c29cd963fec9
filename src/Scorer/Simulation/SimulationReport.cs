namespace Rerank.Scorer.Simulation;

/// <summary>What a simulation came to.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="OfferedPerSecond">Pairs/s that arrive, at the start; null where that depends on the answers.</param>
/// <param name="CapacityPerSecond">Pairs/s of this device with a backlog, within the latency target; null if nothing needed it.</param>
/// <param name="Summary">The figures.</param>
public sealed record SimulationReport(
    SimulationRequest Request, double? OfferedPerSecond, double? CapacityPerSecond, SimulationSummary Summary)
{
    /// <summary>Part of the ten-second windows whose p95 was within the latency target; null without one.</summary>
    public double? WindowsWithinTarget { get; init; }

    /// <summary>Milliseconds by which p95 was over its target at the end; null if it was not.</summary>
    public double? LatencyMissedByMs { get; init; }

    /// <summary>Pairs/s that were wanting at the end; null if none were.</summary>
    public double? ThroughputMissedBy { get; init; }

    /// <summary>Least p95 that the controller thinks the device allows, in ms.</summary>
    public double? ReachableLatencyMs { get; init; }

    /// <summary>Most pairs/s that the controller thinks the device allows.</summary>
    public double? ReachableThroughput { get; init; }

    /// <summary>Stretches of <see cref="SimulationPlot"/>.</summary>
    internal IReadOnlyList<SimulatedWindow> Timeline { get; init; } = [];
}
