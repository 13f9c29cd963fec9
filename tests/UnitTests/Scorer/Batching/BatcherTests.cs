using CsCheck;
using Rerank.Scorer.Batching;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Batching;

public sealed class BatcherTests
{
    [Fact]
    public void A_free_lane_gets_the_first_pair_at_once()
    {
        var batcher = NewBatcher();
        batcher.OnArrived(new Waiting(0, 10), 0);

        batcher.OnLaneFree(0).ShouldNotBeNull().Pairs.Single().Number.ShouldBe(0);
        batcher.OnLaneFree(0).ShouldBeNull();
    }

    [Fact]
    public void What_arrived_while_lanes_were_busy_is_planned_together()
    {
        var batcher = NewBatcher();
        for (var number = 0; number < 8; number++)
            batcher.OnArrived(new Waiting(number, 64), 0);

        batcher.OnLaneFree(0).ShouldNotBeNull().Pairs.Count.ShouldBe(8);
    }

    [Fact]
    public void Under_any_arrivals_and_lanes_each_pair_comes_out_once() =>
        Gen.Frequency((2, Gen.Int[3, 512]), (1, Gen.Const(0))).Array[0, 300].Sample(steps =>
        {
            var batcher = NewBatcher();
            var taken = new List<int>();
            var arrived = 0;
            foreach (var length in steps)
            {
                if (length > 0)
                    batcher.OnArrived(new Waiting(arrived++, length), 0);
                else if (batcher.OnLaneFree(0) is { } pass)
                    taken.AddRange(pass.Pairs.Select(pair => pair.Number));
            }

            batcher.Waiting.ShouldBe(arrived - taken.Count);
            while (batcher.OnLaneFree(0) is { } rest)
                taken.AddRange(rest.Pairs.Select(pair => pair.Number));
            taken.Order().ShouldBe(Enumerable.Range(0, arrived));
            batcher.OnLaneFree(0).ShouldBeNull();
        });

    [Fact]
    public void Nobody_is_overtaken_for_longer_than_the_plan_that_runs_and_the_next_one() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[3, 512].Array[1, 300], Gen.Int[1, 20]).Sample((lanes, lengths, perPass) =>
        {
            var batcher = new Batcher<Waiting>(new BatcherOptions { Lanes = lanes }, new CostModel());
            var takenBefore = new Dictionary<int, (int Taken, int Waiting)>();
            var taken = 0;
            for (var arrived = 0; arrived < lengths.Length;)
            {
                for (var i = 0; i < perPass && arrived < lengths.Length; i++)
                {
                    takenBefore[arrived] = (taken, batcher.Waiting);
                    batcher.OnArrived(new Waiting(arrived, lengths[arrived++]), arrived);
                }

                foreach (var pair in batcher.OnLaneFree(arrived)?.Pairs ?? [])
                {
                    // What waited already, and at most as many again as came while that was taken.
                    var (before, waiting) = takenBefore[pair.Number];
                    (taken++ - before).ShouldBeLessThanOrEqualTo((waiting + perPass) * (perPass + 1));
                }
            }
        });

    [Fact]
    public void Who_comes_while_a_plan_runs_joins_its_pass_of_the_same_lengths()
    {
        var batcher = Calibrated(Devices.Gpu);
        for (var number = 0; number < 400; number++)
            batcher.OnArrived(new Waiting(number, number < 200 ? 200 : 20), 0);
        batcher.OnLaneFree(0).ShouldNotBeNull().Length.ShouldBe(200);

        batcher.OnArrived(new Waiting(400, 15), 0);
        batcher.OnArrived(new Waiting(401, 200), 0);
        batcher.OnArrived(new Waiting(402, 15, Alone: true), 0);

        var second = batcher.OnLaneFree(0).ShouldNotBeNull();
        second.Length.ShouldBe(20);
        second.Pairs.Select(pair => pair.Number).ShouldBe(Enumerable.Range(200, 201), ignoreOrder: true);
        second.PredictedMs.ShouldBe(Devices.Gpu(201, 20), 5);
        batcher.Waiting.ShouldBe(2);
    }

    [Fact]
    public void Nobody_joins_where_a_row_more_costs_as_much_as_a_pass()
    {
        var batcher = Calibrated(Devices.Cpu);
        for (var number = 0; number < 20; number++)
            batcher.OnArrived(new Waiting(number, 100), 0);
        var first = batcher.OnLaneFree(0).ShouldNotBeNull();

        batcher.OnArrived(new Waiting(20, 100), 0);

        batcher.OnLaneFree(0).ShouldNotBeNull().Pairs.Count.ShouldBe(first.Pairs.Count);
    }

    [Fact]
    public void Not_adaptive_it_takes_fixed_rows_in_arrival_order()
    {
        var batcher = new Batcher<Waiting>(new BatcherOptions { Adaptive = false, FixedRows = 4 }, new CostModel());
        for (var number = 0; number < 10; number++)
            batcher.OnArrived(new Waiting(number, 10 + (number * 37 % 50)), 0);

        batcher.OnLaneFree(0).ShouldNotBeNull().Pairs.Select(pair => pair.Number).ShouldBe([0, 1, 2, 3]);
        batcher.OnLaneFree(0).ShouldNotBeNull().Pairs.Select(pair => pair.Number).ShouldBe([4, 5, 6, 7]);
        batcher.OnLaneFree(0).ShouldNotBeNull().Pairs.Select(pair => pair.Number).ShouldBe([8, 9]);
    }

    [Fact]
    public void Lanes_are_kept_fed_from_the_first_moment()
    {
        var batcher = new Batcher<Waiting>(new BatcherOptions { Lanes = 4, TargetLatencyMs = 1 }, new CostModel());

        batcher.PullTarget.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public void What_runs_is_not_waiting()
    {
        var batcher = NewBatcher();
        batcher.OnArrived(new Waiting(0, 10), 0);
        var pass = batcher.OnLaneFree(0).ShouldNotBeNull();

        (batcher.State.Waiting, batcher.State.Running).ShouldBe((0, 1));
        batcher.OnPassDone(pass, 5, 5000);
        batcher.State.Running.ShouldBe(0);
    }

    private static Batcher<Waiting> Calibrated(PassCost device)
    {
        var (options, cost) = (new BatcherOptions(), new CostModel());
        foreach (var (rows, length) in CostModel.CalibrationShapes(options.MaxPassRows, options.MaxPassTokens, 512))
            cost.Observe(rows, length, device(rows, length), 0);
        return new Batcher<Waiting>(options, cost);
    }

    private static Batcher<Waiting> NewBatcher() => new(new BatcherOptions { MaxPassTokens = 512 }, new CostModel());
}
