using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>The batcher against the best that the reference reached, on its device.</summary>
public sealed class ThroughputScenarioTests
{
    /// <summary>Pairs/s: the reference's best.</summary>
    private const double BestOfReference = 761;

    private static readonly int[] Callers = [1, 2, 3, 4, 6, 8];
    private static readonly int[] Batches = [1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 160, 192, 256];

    private static readonly Lazy<List<(int Callers, int Batch, SimulationSummary Summary)>> Static = new(() =>
    [
        .. from callers in Callers
           from batch in Batches
           select (callers, batch, Scenario.Run(ClosedLoop(callers, batch), new FixedBatches())),
    ]);

    [Fact]
    public void A_backlog_in_windows_of_2048_is_scored_1_65_times_as_fast()
    {
        var summary = Scenario.Run(
            Scenario.On(SimulatedDevice.Reference, new Backlog(100_000), seconds: 60), new BatcherOptions { MaxWindow = 2_048 });

        summary.PairsPerSecond.ShouldBeGreaterThanOrEqualTo(1.65 * BestOfReference);
    }

    [Fact]
    public void A_thousand_callers_of_one_pair_each_are_answered_1_5_times_as_fast() =>
        Scenario.Run(ClosedLoop(callers: 1_024, batch: 1), new BatcherOptions()).PairsPerSecond
            .ShouldBeGreaterThanOrEqualTo(1.5 * BestOfReference);

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(400)]
    [InlineData(500)]
    [InlineData(700)]
    [InlineData(1_000)]
    public void At_any_latency_target_it_is_not_under_the_best_static_configuration(double targetMs)
    {
        var (callers, batch, best) = Static.Value.Where(each => each.Summary.Latency.P95 <= targetMs).MaxBy(each => each.Summary.PairsPerSecond);

        var adaptive = Scenario.Run(ClosedLoop(callers, batch), new BatcherOptions { TargetLatencyMs = targetMs });

        adaptive.PairsPerSecond.ShouldBeGreaterThanOrEqualTo(best.PairsPerSecond, $"{callers} callers of {batch}");
        adaptive.Latency.P95.ShouldBeLessThanOrEqualTo(best.Latency.P95, $"{callers} callers of {batch}");
    }

    [Fact]
    public void One_caller_alone_never_waits_for_anything()
    {
        var settings = ClosedLoop(callers: 1, batch: 1);

        var recording = Scenario.Record(settings, new BatcherOptions { TargetLatencyMs = 200 });

        var transportMs = ((settings.Transport.BrokerUs / 2) + settings.Transport.PublishUs) / 1_000.0;
        recording.Scores.Zip(recording.Passes).ShouldAllBe(each => each.First.LatencyMs <= each.Second.Milliseconds + transportMs + 0.001);
    }

    /// <summary>Without noise, so that any difference between two runs is that of their batching.</summary>
    private static SimulationSettings ClosedLoop(int callers, int batch) =>
        Scenario.On(SimulatedDevice.Reference, new ClosedLoop(callers, batch), seconds: 50) with { Variation = new DeviceVariation() };
}
