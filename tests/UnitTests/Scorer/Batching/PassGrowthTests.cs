using Rerank.Scorer.Batching;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Batching;

public sealed class PassGrowthTests
{
    [Fact]
    public void Plans_that_double_while_they_run_are_expected_to()
    {
        var growth = new PassGrowth();
        for (var plan = 0; plan < 60; plan++)
        {
            growth.OnPlanned(100);
            growth.OnJoined(100);
        }

        growth.Factor.ShouldBe(2);
        growth.Expected((rows, length) => 30 + (rows * length))(10, 7).ShouldBe((30 + (20 * 7)) / 2.0);
    }

    [Fact]
    public void Plans_that_nobody_joins_are_taken_as_they_are()
    {
        var growth = new PassGrowth();
        for (var plan = 0; plan < 10; plan++)
            growth.OnPlanned(100).ShouldBeFalse();

        growth.Expected((rows, length) => rows * length)(10, 7).ShouldBe(70);
    }

    [Fact]
    public void Where_rows_cost_the_same_in_any_number_no_number_is_preferred()
    {
        var growth = new PassGrowth();
        for (var plan = 0; plan < 60; plan++)
        {
            growth.OnPlanned(100);
            growth.OnJoined(50);
        }

        growth.Factor.ShouldBe(1.5);
        var cost = growth.Expected((rows, length) => rows * length);
        foreach (var rows in Enumerable.Range(1, 20))
            cost(rows, 7).ShouldBe(rows * 7, tolerance: 1e-9);
    }
}
