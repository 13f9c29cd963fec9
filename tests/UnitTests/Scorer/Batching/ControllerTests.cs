using Rerank.Scorer.Batching;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Batching;

/// <summary>What the batcher makes of its targets, on a simulated device.</summary>
public sealed class ControllerTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Without_targets_a_backlog_is_scored_as_fast_as_possible()
    {
        var line = new TestLine(new BatcherOptions(), Devices.Gpu, Backlog(30_000));

        line.Run();

        // 1.65 times the reference's best 761 pairs/s.
        (line.Scored.Count * 1e6 / line.Scored[^1].ScoredUs).ShouldBeGreaterThan(1256);
        line.Scored.Count.ShouldBe(30_000);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Under_a_backlog_a_latency_target_bounds_the_time_from_receipt_to_score(double target)
    {
        var line = new TestLine(new BatcherOptions { TargetLatencyMs = target }, Devices.Gpu, Backlog(40_000));

        line.Run(20 * Second);

        line.P95Ms(pair => pair.ReceivedUs, 5 * Second).ShouldBeInRange(0.5 * target, target);
        line.State.Backlogged.ShouldBeTrue();
        line.State.LatencyMissedByMs.ShouldNotBeNull();
    }

    [Fact]
    public void Under_a_backlog_a_throughput_target_is_reached_at_less_latency_than_without_one()
    {
        var line = new TestLine(new BatcherOptions { TargetThroughput = 900 }, Devices.Gpu, Backlog(40_000));
        var free = new TestLine(new BatcherOptions(), Devices.Gpu, Backlog(40_000));

        line.Run(30 * Second);
        free.Run(30 * Second);

        line.PairsPerSecond(10 * Second, 30 * Second).ShouldBeGreaterThan(0.97 * 900);
        line.P95Ms(pair => pair.ReceivedUs, 10 * Second).ShouldBeLessThan(0.5 * free.P95Ms(pair => pair.ReceivedUs, 10 * Second));
    }

    [Fact]
    public void With_a_feasible_latency_target_p95_stays_within_it_through_a_slow_down()
    {
        var line = new TestLine(new BatcherOptions { TargetLatencyMs = 500 }, Devices.Gpu, Poisson(450, 90))
        {
            Slowness = now => now is > 30 * Second and < 60 * Second ? 1.5 : 1,
        };

        line.Run(90 * Second);

        for (var from = 0L; from < 90 * Second; from += 10 * Second)
            line.P95Ms(pair => pair.QueuedUs, from, from + (10 * Second)).ShouldBeLessThan(500, $"from second {from / Second}");
    }

    [Fact]
    public void An_infeasible_latency_target_is_reported_with_what_is_reachable()
    {
        var line = new TestLine(new BatcherOptions { TargetLatencyMs = 20 }, Devices.Gpu, Poisson(10, 30));

        line.Run(30 * Second);

        line.State.LatencyMissedByMs.ShouldNotBeNull().ShouldBeGreaterThan(0);
        line.State.ReachableLatencyMs.ShouldNotBeNull().ShouldBeGreaterThan(30);
    }

    [Fact]
    public void An_infeasible_throughput_target_is_reported_with_what_is_reachable()
    {
        var line = new TestLine(new BatcherOptions { TargetThroughput = 5000 }, Devices.Gpu, Backlog(40_000));

        line.Run(20 * Second);

        line.State.ReachableThroughput.ShouldNotBeNull().ShouldBeInRange(1200, 1700);
        line.State.ThroughputMissedBy.ShouldNotBeNull().ShouldBe(5000 - line.PairsPerSecond(10 * Second, 20 * Second), 150);
    }

    [Theory]
    [InlineData("Latency")]
    [InlineData("Throughput")]
    public void When_both_targets_cannot_be_had_the_other_one_is_given_up(string first)
    {
        var options = new BatcherOptions { TargetLatencyMs = 250, TargetThroughput = 1150, Priority = Enum.Parse<Priority>(first) };
        var line = new TestLine(options, Devices.Gpu, Backlog(60_000));

        line.Run(40 * Second);

        if (options.Priority == Priority.Latency)
        {
            line.P95Ms(pair => pair.ReceivedUs, 20 * Second).ShouldBeLessThan(250);
            line.State.ThroughputMissedBy.ShouldNotBeNull();
        }
        else
        {
            line.PairsPerSecond(20 * Second, 40 * Second).ShouldBeGreaterThan(0.97 * 1150);
            line.State.LatencyMissedByMs.ShouldNotBeNull();
            line.State.ThroughputMissedBy.GetValueOrDefault().ShouldBeLessThan(0.03 * 1150);
        }
    }

    [Fact]
    public void Both_targets_are_met_where_both_can_be_had()
    {
        var line = new TestLine(new BatcherOptions { TargetLatencyMs = 900, TargetThroughput = 800 }, Devices.Gpu, Backlog(40_000));

        line.Run(30 * Second);

        line.P95Ms(pair => pair.ReceivedUs, 5 * Second).ShouldBeLessThan(900);
        line.PairsPerSecond(5 * Second, 30 * Second).ShouldBeGreaterThan(800);
    }

    [Fact]
    public void Less_offered_than_the_throughput_target_asks_for_is_no_miss()
    {
        var line = new TestLine(new BatcherOptions { TargetThroughput = 900 }, Devices.Gpu, Poisson(100, 20));

        line.Run(20 * Second);

        line.State.ThroughputMissedBy.ShouldBeNull();
    }

    [Fact]
    public void One_pair_at_a_time_never_waits()
    {
        var line = new TestLine(
            new BatcherOptions { TargetLatencyMs = 200 }, Devices.Gpu, Enumerable.Range(0, 100).Select(n => (n * Second / 10, 100)));

        line.Run();

        line.Scored.ShouldAllBe(pair => pair.ScoredUs - pair.QueuedUs < 40_000);
    }

    [Fact]
    public void On_a_cpu_pairs_run_in_small_passes_and_both_lanes_are_kept_busy()
    {
        var line = new TestLine(new BatcherOptions { Lanes = 2 }, Devices.Cpu, Backlog(3000));

        line.Run();

        var alone = Poisson(1, 1).Concat(Backlog(3000)).Skip(1).Sum(pair => Devices.Cpu(1, pair.Length)) / 2;
        (line.Scored[^1].ScoredUs / 1000.0).ShouldBeLessThan(1.05 * alone);
    }

    [Fact]
    public void Unacked_work_stays_under_a_third_of_the_ack_wait()
    {
        var line = new TestLine(
            new BatcherOptions { AckWait = TimeSpan.FromSeconds(3) }, (rows, length) => 10.0 * rows, Backlog(1000));

        line.Run(5 * Second);

        // 100 pairs/s
        line.State.PullTarget.ShouldBeLessThanOrEqualTo(100);
        line.P95Ms(pair => pair.ReceivedUs, 0).ShouldBeLessThan(2000);
    }

    internal static IEnumerable<(long AtUs, int Length)> Backlog(int pairs)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, pairs).Select(_ => (0L, Lengths.Next(random)))];
    }

    private static IEnumerable<(long AtUs, int Length)> Poisson(double pairsPerSecond, double seconds)
    {
        var random = new Random(2);
        var at = 0.0;
        while ((at += -Math.Log(1 - random.NextDouble()) / pairsPerSecond) < seconds)
            yield return ((long)(at * 1e6), Lengths.Next(random));
    }
}
