using Rerank.Scorer.Batching;
using Rerank.Scorer.Simulation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Simulation;

public sealed class SimulationRunTests
{
    private static readonly SimulatedDevice OneMsAPass = new("test", 1, new DeviceCurve(FixedMs: 1, MicrosecondsPerToken: 0));

    [Fact]
    public void The_same_seed_gives_the_same_recording()
    {
        Scores(seed: 1).ShouldBe(Scores(seed: 1));
        Scores(seed: 1).ShouldNotBe(Scores(seed: 2));

        static List<RecordedScore> Scores(int seed) => Scenario.Record(
            Scenario.On(SimulatedDevice.Reference, new PoissonArrivals(300), seconds: 20) with { Seed = seed }, new BatcherOptions()).Scores;
    }

    [Fact]
    public void Every_pair_of_a_backlog_is_scored_once()
    {
        var recording = Scenario.Record(Scenario.On(SimulatedDevice.Cpu, new Backlog(5_000), seconds: 3_600), new BatcherOptions());

        recording.Scores.Count.ShouldBe(5_000);
        recording.Passes.Sum(pass => pass.Rows).ShouldBe(5_000);
    }

    [Fact]
    public void Latency_is_the_way_there_the_pass_and_the_way_back()
    {
        var settings = new SimulationSettings(OneMsAPass, new ClosedLoop(1, 4)) { Transport = new Transport(BrokerUs: 500, PublishUs: 2_000) };

        var recording = SimulationRun.Run(settings, new FixedBatches());

        recording.Scores.ShouldAllBe(score => score.ScoredUs - score.QueuedUs == 250 + 1_000 + 2_000);
        recording.Scores.ShouldAllBe(score => score.ScoredUs - score.ReceivedUs == 1_000 + 2_000);
    }

    [Fact]
    public void A_request_is_answered_with_its_last_pair()
    {
        var recording = Scenario.Record(Scenario.On(SimulatedDevice.Reference, new ClosedLoop(3, 7), seconds: 30), new BatcherOptions());

        (7 * recording.Scores.Count(score => score.AnswersRequest)).ShouldBeInRange(recording.Scores.Count - 20, recording.Scores.Count);
    }

    [Fact]
    public void All_that_comes_in_an_instant_is_there_before_a_free_lane_is_asked()
    {
        var settings = new SimulationSettings(OneMsAPass, new ClosedLoop(6, 1)) { Transport = Transport.None };

        var recording = Scenario.Record(settings, new BatcherOptions());

        recording.Passes.ShouldAllBe(pass => pass.Rows == 6);
    }

    [Fact]
    public void Passes_on_two_lanes_run_side_by_side()
    {
        var settings = new SimulationSettings(OneMsAPass with { Lanes = 2 }, new ClosedLoop(2, 1)) { Transport = Transport.None, Duration = TimeSpan.FromSeconds(1) };

        SimulationRun.Run(settings, new FixedBatches()).Scores.Count.ShouldBeInRange(1_998, 2_002);
    }

    [Fact]
    public void Poisson_arrivals_come_at_their_rate_and_a_ramp_at_the_mean_of_its_ends()
    {
        const long MinuteUs = 60_000_000;

        new PoissonArrivals(100).Requests(new Random(1), MinuteUs).Count().ShouldBeInRange(5_700, 6_300);
        new PoissonArrivals(0.001, 200).Requests(new Random(1), MinuteUs).Count().ShouldBeInRange(5_700, 6_300);
        new PoissonArrivals(100, 100, Pairs: 20).Requests(new Random(1), MinuteUs).Sum(request => request.Pairs).ShouldBeInRange(5_000, 7_000);
    }

    [Fact]
    public void A_slow_device_is_slow_in_its_time_and_no_other()
    {
        var slow = new DeviceVariation { SlowDown = new SlowDown(1.5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)) };

        slow.Factor(999_999, new Random(1)).ShouldBe(1);
        slow.Factor(1_000_000, new Random(1)).ShouldBe(1.5);
        slow.Factor(2_000_000, new Random(1)).ShouldBe(1);
    }
}
