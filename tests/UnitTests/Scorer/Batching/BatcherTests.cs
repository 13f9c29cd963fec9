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

    private static Batcher<Waiting> NewBatcher() => new(new BatcherOptions { MaxPassTokens = 512 }, new CostModel());
}
