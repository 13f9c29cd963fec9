using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>What a device does when there is always enough to do.</summary>
internal static class Capacity
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    /// <summary>Pairs/s with a backlog that does not end; with a latency target, what can be done within it from receipt on.</summary>
    internal static double Of(SimulatedDevice device, PairLengths lengths, BatcherOptions options, int seed)
    {
        // Tokens that no pass can have in the time.
        var fastest = device.Lanes * Duration.TotalMicroseconds / device.Curve.MicrosecondsPerToken;
        var settings = new SimulationSettings(device, new Backlog((int)(fastest / lengths.MeanLength)))
        {
            Lengths = lengths,
            Duration = Duration,
            Seed = seed,
        };
        var recording = SimulationRun.Run(settings, AdaptiveBatches.Calibrated(device, seed, options with { Lanes = device.Lanes }));
        return SimulationSummary.Of(recording, device.Lanes, WarmUp).PairsPerSecond;
    }
}
