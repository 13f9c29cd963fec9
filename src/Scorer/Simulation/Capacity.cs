using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>What a device does when there is always enough to do.</summary>
internal static class Capacity
{
    private const int Windows = 16;

    /// <summary>Pairs/s with a backlog of many windows and no target.</summary>
    internal static double Of(SimulatedDevice device, PairLengths lengths, int maxWindow, int seed)
    {
        var settings = new SimulationSettings(device, new Backlog(Windows * maxWindow))
        {
            Lengths = lengths,
            Duration = TimeSpan.FromDays(1),
            Seed = seed,
        };
        var batches = AdaptiveBatches.Calibrated(device, seed, new BatcherOptions { Lanes = device.Lanes, MaxWindow = maxWindow });
        return SimulationSummary.Of(SimulationRun.Run(settings, batches), device.Lanes, TimeSpan.Zero).PairsPerSecond;
    }
}
