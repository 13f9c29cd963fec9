using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>Targets that can be had are met, and of those that cannot the right one is given up and reported.</summary>
public sealed class TargetScenarioTests
{
    private static readonly SlowDown HalfAsFastAgain = new(1.5, TimeSpan.FromSeconds(220), TimeSpan.FromSeconds(420));
    private static readonly int[] FixedWindows = [32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1_024, 1_536, 2_048];

    [Theory]
    [InlineData("reference", 200)]
    [InlineData("reference", 400)]
    [InlineData("reference", 1_000)]
    [InlineData("cpu", 400)]
    [InlineData("cpu", 1_000)]
    public void At_55_percent_of_what_the_target_allows_p95_holds_through_a_slow_down_and_back(string device, double targetMs) =>
        ShouldHold(Poisson(device, 0.55, targetMs, capacityWithin: targetMs, HalfAsFastAgain), targetMs);

    /// <summary>Slower by half, this load is 82 % of all that the device can do: that takes windows of about a second.</summary>
    [Fact]
    public void At_55_percent_of_the_highest_throughput_p95_holds_through_a_slow_down_and_back() =>
        ShouldHold(Poisson("reference", 0.55, targetMs: 2_000, capacityWithin: null, HalfAsFastAgain), targetMs: 2_000);

    [Theory]
    [InlineData("reference", 200)]
    [InlineData("reference", 600)]
    [InlineData("reference", 1_500)]
    [InlineData("cpu", 300)]
    [InlineData("cpu", 1_000)]
    public void At_70_percent_of_what_the_target_allows_p95_holds(string device, double targetMs) =>
        Poisson(device, 0.7, targetMs, capacityWithin: targetMs, slowDown: null).WindowsWithin(targetMs).ShouldBeGreaterThanOrEqualTo(0.95);

    [Fact]
    public void At_70_percent_of_the_highest_throughput_p95_holds() =>
        Poisson("reference", 0.7, targetMs: 800, capacityWithin: null, slowDown: null).WindowsWithin(800).ShouldBeGreaterThanOrEqualTo(0.95);

    [Fact]
    public void On_a_fast_device_p95_holds_through_a_slow_down_and_back()
    {
        var rate = 0.55 * Scenario.CapacityOf(SimulatedDevice.Gpu, 50);
        var settings = Scenario.On(SimulatedDevice.Gpu, new PoissonArrivals(rate), seconds: 80) with
        {
            Variation = new DeviceVariation { Noise = 0.03, SlowDown = new SlowDown(1.5, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60)) },
        };

        Scenario.Run(settings, new BatcherOptions { TargetLatencyMs = 50 }).WindowsWithin(50).ShouldBe(1);
    }

    [Theory]
    [InlineData(700)]
    [InlineData(900)]
    [InlineData(1_100)]
    public void A_throughput_that_can_be_had_is_reached_at_the_least_latency(double target)
    {
        var summary = Backlogged(new BatcherOptions { TargetThroughput = target });

        summary.PairsPerSecond.ShouldBeGreaterThanOrEqualTo(0.97 * target);
        var least = FixedWindows
            .Select(window => Backlogged(new BatcherOptions { MaxWindow = window }))
            .First(fixedWindow => fixedWindow.PairsPerSecond >= 0.97 * target);
        summary.SinceReceived.P95.ShouldBeLessThanOrEqualTo(1.1 * least.SinceReceived.P95);
    }

    [Fact]
    public void A_latency_below_a_single_pass_is_reported_with_what_can_be_had()
    {
        var recording = Scenario.Record(
            Scenario.On(SimulatedDevice.Reference, new PoissonArrivals(300), seconds: 60), new BatcherOptions { TargetLatencyMs = 20 });

        var p95 = SimulationSummary.Of(recording, 1, Scenario.WarmUp).Latency.P95;
        var state = recording.Passes[^1].State.ShouldNotBeNull();
        state.LatencyMissedByMs.ShouldNotBeNull().ShouldBe(p95 - 20, 0.3 * p95);
        state.ReachableLatencyMs.ShouldNotBeNull().ShouldBeGreaterThan(30);
    }

    [Fact]
    public void When_both_cannot_be_had_latency_is_kept_by_default()
    {
        var recording = Record(new BatcherOptions { TargetLatencyMs = 150, TargetThroughput = 1_200 });

        var summary = SimulationSummary.Of(recording, 1, Scenario.WarmUp);
        summary.SinceReceived.P95.ShouldBeLessThanOrEqualTo(150);
        var state = recording.Passes[^1].State.ShouldNotBeNull();
        state.ThroughputMissedBy.ShouldNotBeNull().ShouldBe(1_200 - summary.PairsPerSecond, 60);
        state.ReachableThroughput.ShouldNotBeNull().ShouldBe(summary.PairsPerSecond, 0.1 * summary.PairsPerSecond);
    }

    [Fact]
    public void When_both_cannot_be_had_throughput_is_kept_if_that_is_the_priority()
    {
        var recording = Record(new BatcherOptions { TargetLatencyMs = 150, TargetThroughput = 1_200, Priority = Priority.Throughput });

        SimulationSummary.Of(recording, 1, Scenario.WarmUp).PairsPerSecond.ShouldBeGreaterThanOrEqualTo(0.97 * 1_200);
        recording.Passes[^1].State.ShouldNotBeNull().LatencyMissedByMs.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Targets_that_are_met_are_not_reported_as_missed()
    {
        var recording = Record(new BatcherOptions { TargetLatencyMs = 1_000, TargetThroughput = 800 });

        var state = recording.Passes[^1].State.ShouldNotBeNull();
        state.ThroughputMissedBy.ShouldBeNull();
        SimulationSummary.Of(recording, 1, Scenario.WarmUp).SinceReceived.P95.ShouldBeLessThanOrEqualTo(1_000);
    }

    private static void ShouldHold(SimulationSummary summary, double targetMs)
    {
        summary.WindowsWithin(targetMs).ShouldBeGreaterThanOrEqualTo(0.95);
        foreach (var change in new[] { HalfAsFastAgain.From, HalfAsFastAgain.To })
        {
            var recovered = summary.Windows.First(window => window.FromS >= change.TotalSeconds + 20);
            recovered.P95Ms.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(targetMs);
        }
    }

    private static SimulationSummary Poisson(string name, double load, double targetMs, double? capacityWithin, SlowDown? slowDown)
    {
        var device = SimulatedDevice.All.Single(each => each.Name == name);
        var rate = load * Scenario.CapacityOf(device, capacityWithin);
        var settings = Scenario.On(device, new PoissonArrivals(rate), seconds: 620) with
        {
            Variation = new DeviceVariation { Noise = 0.03, SlowDown = slowDown },
        };
        return Scenario.Run(settings, new BatcherOptions { TargetLatencyMs = targetMs });
    }

    private static SimulationSummary Backlogged(BatcherOptions options) => SimulationSummary.Of(Record(options), 1, Scenario.WarmUp);

    private static Recording Record(BatcherOptions options) =>
        Scenario.Record(Scenario.On(SimulatedDevice.Reference, new Backlog(200_000), seconds: 80), options);
}
