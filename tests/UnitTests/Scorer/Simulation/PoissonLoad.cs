using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>Single pairs that come to a device at random, at a share of its capacity.</summary>
/// <param name="Name">Of the device.</param>
/// <param name="Share">Of the capacity.</param>
/// <param name="WithinMs">Latency target of the capacity; null for the highest throughput.</param>
/// <param name="Seed">Of arrivals, lengths and noise.</param>
internal sealed record PoissonLoad(string Name, double Share, double? WithinMs, int Seed = 1)
{
    internal SimulatedDevice Device { get; } = SimulatedDevice.All.Single(device => device.Name == Name);

    /// <summary>Fast devices get shorter runs, since they have as many pairs in them.</summary>
    internal int Seconds => Device == SimulatedDevice.Gpu ? 90 : 180;

    internal SlowDown HalfAsFastAgain => new(1.5, TimeSpan.FromSeconds(Seconds * 4 / 9), TimeSpan.FromSeconds(Seconds * 7 / 9));

    private double Rate => Share * Scenario.CapacityOf(Device, WithinMs);

    /// <summary>p95 of the worst ten seconds of the best static policy, which knows this load, on these arrivals.</summary>
    internal double LeastP95Ms(double slower) => StaticClasses.LeastP95Ms(Settings(new SlowDown(slower, TimeSpan.Zero, TimeSpan.MaxValue)));

    internal Recording Run(double targetMs, bool slowDown) =>
        Scenario.Record(Settings(slowDown ? HalfAsFastAgain : null), new BatcherOptions { TargetLatencyMs = targetMs });

    private SimulationSettings Settings(SlowDown? slowDown) => Scenario.On(Device, new PoissonArrivals(Rate), Seconds) with
    {
        Variation = new DeviceVariation { Noise = 0.03, SlowDown = slowDown },
        Seed = Seed,
    };
}
