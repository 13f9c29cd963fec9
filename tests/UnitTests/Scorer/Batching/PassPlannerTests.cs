using CsCheck;
using Rerank.Scorer.Batching;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Batching;

public sealed class PassPlannerTests
{
    private static readonly Gen<Waiting[]> Windows =
        Gen.Select(Gen.Int[3, 512], Gen.Frequency((19, Gen.Const(false)), (1, Gen.Const(true)))).Array[0, 200]
            .Select(pairs => pairs.Select((pair, number) => new Waiting(number, pair.Item1, pair.Item2)).ToArray());

    private static readonly Gen<Waiting[]> Sharing =
        Gen.Int[3, 300].Array[1, 150].Select(lengths => lengths.Select((length, number) => new Waiting(number, length)).ToArray());

    private static readonly Gen<PassCost> Costs = Gen.Frequency(
        (1, Gen.Const<PassCost>(Devices.Cpu)),
        (1, Gen.Const<PassCost>(Devices.Gpu)),
        (2, Gen.Select(Gen.Double[0, 50], Gen.Double[0.001, 1], Gen.Double[0, 0.01])
            .Select<(double, double, double), PassCost>(law => (rows, length) => law.Item1 + (rows * length * (law.Item2 + (law.Item3 * length))))));

    private static readonly Gen<BatcherOptions> Bounds = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4096], Gen.Int[1, 64])
        .Select(bounds => new BatcherOptions { Lanes = bounds.Item1, MaxPassTokens = bounds.Item2, MaxPassRows = bounds.Item3 });

    [Fact]
    public void Every_pair_is_in_exactly_one_pass() => Gen.Select(Bounds, Costs, Windows).Sample((bounds, cost, window) =>
        Plan(bounds, cost, window).SelectMany(pass => pass.Pairs).Select(pair => pair.Number).Order()
            .ShouldBe(Enumerable.Range(0, window.Length)));

    [Fact]
    public void With_deadlines_every_pair_is_in_exactly_one_pass_and_passes_go_earliest_first() =>
        Gen.Select(Bounds, Costs, Windows, Gen.Double[-100, 2000].Array[200]).Sample((bounds, cost, window, deadlines) =>
        {
            var plan = new PassPlanner(bounds, cost).Plan(window, 1, [], deadlines.AsSpan(0, window.Length));

            plan.Later.ShouldBeEmpty();
            plan.Passes.SelectMany(pass => pass.Pairs).Select(pair => pair.Number).Order().ShouldBe(Enumerable.Range(0, window.Length));
            plan.Passes.Select(pass => pass.Pairs.Min(pair => deadlines[pair.Number])).ShouldBeInOrder();
        });

    [Fact]
    public void A_class_is_the_oldest_pair_and_all_of_its_lengths_and_the_others_are_left_for_later() =>
        Gen.Select(Bounds, Costs, Windows.Where(window => window.Length > 0), Gen.Int[3, 512].Array[1, 5]).Sample((bounds, cost, window, cuts) =>
        {
            var classes = cuts.Distinct().OrderDescending().ToArray();
            var plan = new PassPlanner(bounds, cost).PlanOldest(window, classes, 1);

            var pass = plan.Passes.Single();
            pass.Pairs.ShouldContain(pair => pair.Number == 0);
            pass.Pairs.Concat(plan.Later).Select(pair => pair.Number).Order().ShouldBe(Enumerable.Range(0, window.Length));
            pass.Pairs.Select(pair => classes.Skip(1).Count(upTo => pair.Length <= upTo)).Distinct().Count().ShouldBe(1);
        });

    [Theory]
    [InlineData("cpu", 4)]
    [InlineData("gpu", 40)]
    public void A_class_has_as_many_rows_as_are_worth_it_on_the_device(string device, int rows)
    {
        var window = Enumerable.Range(0, 40).Select(number => new Waiting(number, 128)).ToArray();
        var planner = new PassPlanner(new BatcherOptions(), device == "cpu" ? Devices.Cpu : Devices.Gpu);

        planner.PlanOldest(window, [128], 1).Passes.Single().Pairs.Count.ShouldBe(rows);
    }

    [Fact]
    public void A_pass_of_several_pairs_stays_within_the_bounds() => Gen.Select(Bounds, Costs, Windows).Sample((bounds, cost, window) =>
        Plan(bounds, cost, window).Where(pass => pass.Pairs.Count > 1)
            .ShouldAllBe(pass => pass.Pairs.Count * pass.Length <= bounds.MaxPassTokens && pass.Pairs.Count <= bounds.MaxPassRows));

    [Fact]
    public void The_length_of_a_pass_is_that_of_its_longest_pair() => Gen.Select(Bounds, Costs, Windows).Sample((bounds, cost, window) =>
        Plan(bounds, cost, window).ShouldAllBe(pass => pass.Length == pass.Pairs.Max(pair => pair.Length)));

    [Fact]
    public void A_pair_that_must_be_alone_is_alone() => Gen.Select(Bounds, Costs, Windows).Sample((bounds, cost, window) =>
        Plan(bounds, cost, window).Where(pass => pass.Pairs.Any(pair => pair.Alone))
            .ShouldAllBe(pass => pass.Pairs.Count == 1 && pass.CloseReason == CloseReason.Alone));

    [Fact]
    public void Every_pass_says_how_many_pairs_were_planned_together_and_what_it_should_take() =>
        Gen.Select(Bounds, Costs, Windows).Sample((bounds, cost, window) => Plan(bounds, cost, window)
            .ShouldAllBe(pass => pass.Window == window.Length && pass.PredictedMs == cost(pass.Pairs.Count, pass.Length)));

    [Fact]
    public void Where_scores_depend_on_the_pass_every_pair_is_alone() => Gen.Select(Bounds, Costs, Windows).Sample((bounds, cost, window) =>
        Plan(bounds with { OneRowAPass = true }, cost, window).ShouldAllBe(pass => pass.Pairs.Count == 1));

    [Fact]
    public void No_fixed_number_of_rows_takes_less_time() => Gen.Select(Costs, Sharing).Sample((cost, window) =>
    {
        var ours = Plan(new BatcherOptions(), cost, window).Sum(pass => pass.PredictedMs);

        for (var rows = 1; rows <= window.Length; rows++)
            Sum(cost, ByRows(window, rows)).ShouldBeGreaterThanOrEqualTo(ours * (1 - 1e-9));
    });

    [Fact]
    public void No_fixed_token_budget_takes_less_time() => Gen.Select(Costs, Sharing, Gen.Int[1, 20_000].Array[20]).Sample((cost, window, budgets) =>
    {
        var ours = Plan(new BatcherOptions(), cost, window).Sum(pass => pass.PredictedMs);

        foreach (var budget in budgets)
            Sum(cost, ByTokens(window, budget)).ShouldBeGreaterThanOrEqualTo(ours * (1 - 1e-9));
    });

    [Fact]
    public void On_several_lanes_no_fixed_number_of_rows_ends_earlier_for_the_same_time_of_all_lanes() =>
        Gen.Select(Gen.Int[2, 4], Costs, Sharing).Sample((lanes, cost, window) =>
        {
            var plan = Plan(new BatcherOptions { Lanes = lanes }, cost, window);
            var ours = Judge(lanes, plan.Select(pass => pass.PredictedMs));

            for (var rows = 1; rows <= window.Length; rows++)
                Judge(lanes, ByRows(window, rows).Select(pass => cost(pass.Rows, pass.Length))).ShouldBeGreaterThanOrEqualTo(ours * 0.98);
        });

    [Fact]
    public void Two_pairs_on_two_lanes_of_a_cpu_do_not_wait_for_each_other()
    {
        var passes = Plan(new BatcherOptions { Lanes = 2 }, Devices.Cpu, [new Waiting(0, 100), new Waiting(1, 100)]);

        passes.Count.ShouldBe(2);
    }

    [Fact]
    public void On_a_gpu_pairs_of_like_length_share_a_pass()
    {
        var window = Enumerable.Range(0, 100).Select(number => new Waiting(number, 100 + (number % 10))).ToArray();

        Plan(new BatcherOptions(), Devices.Gpu, window).Single().Pairs.Count.ShouldBe(100);
    }

    private static IReadOnlyList<ForwardPass<Waiting>> Plan(BatcherOptions bounds, PassCost cost, Waiting[] window) =>
        new PassPlanner(bounds, cost).Plan(window).Passes;

    private static double Sum(PassCost cost, IEnumerable<(int Rows, int Length)> passes) => passes.Sum(pass => cost(pass.Rows, pass.Length));

    /// <summary>Share of each lane in the time of all, and when the last one ends.</summary>
    private static double Judge(int lanes, IEnumerable<double> passes)
    {
        var schedule = new LaneSchedule(lanes, []);
        var total = 0.0;
        foreach (var ms in passes)
        {
            total += ms;
            schedule.Add(ms);
        }

        return (total / lanes) + schedule.Makespan;
    }

    private static IEnumerable<(int Rows, int Length)> ByRows(Waiting[] window, int rows) =>
        window.OrderByDescending(pair => pair.Length).Chunk(rows).Select(pass => (pass.Length, pass[0].Length));

    private static IEnumerable<(int Rows, int Length)> ByTokens(Waiting[] window, int budget)
    {
        var lengths = window.Select(pair => pair.Length).OrderDescending().ToArray();
        for (var start = 0; start < lengths.Length;)
        {
            var rows = Math.Clamp(budget / lengths[start], 1, lengths.Length - start);
            yield return (rows, lengths[start]);
            start += rows;
        }
    }
}
