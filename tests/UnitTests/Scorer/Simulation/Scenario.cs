using System.Collections.Concurrent;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>Runs for tests: a calibrated batcher or a way of the reference on a device with little noise.</summary>
internal static class Scenario
{
    internal static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    private static readonly ConcurrentDictionary<(SimulatedDevice, double), double> Capacities = new();

    /// <summary>Pairs/s with a backlog; with a target, within it.</summary>
    internal static double CapacityOf(SimulatedDevice device, double? targetMs) => Capacities.GetOrAdd((device, targetMs ?? 0), _ =>
        Capacity.Of(device, PairLengths.MsMarco, new BatcherOptions { TargetLatencyMs = targetMs }, seed: 1));

    internal static SimulationSettings On(SimulatedDevice device, IArrivals arrivals, int seconds) => new(device, arrivals)
    {
        Variation = new DeviceVariation { Noise = 0.03 },
        Duration = TimeSpan.FromSeconds(seconds),
    };

    internal static Recording Record(SimulationSettings settings, BatcherOptions options) => SimulationRun.Run(
        settings, AdaptiveBatches.Calibrated(settings.Device, settings.Seed, options with { Lanes = settings.Device.Lanes }));

    internal static SimulationSummary Run(SimulationSettings settings, BatcherOptions options) =>
        SimulationSummary.Of(Record(settings, options), settings.Device.Lanes, WarmUp);

    internal static SimulationSummary Run(SimulationSettings settings, ISimulatedPolicy policy) =>
        SimulationSummary.Of(SimulationRun.Run(settings, policy), settings.Device.Lanes, WarmUp);
}
