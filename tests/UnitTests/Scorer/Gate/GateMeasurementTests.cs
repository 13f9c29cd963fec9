using Rerank.Scorer.Gate;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Gate;

public sealed class GateMeasurementTests
{
    private static readonly GateLimits Widest = GateLimits.For("int4", "cpu");

    [Fact]
    public void A_model_that_gives_one_score_to_all_is_found_by_its_difference_although_no_correlation_is_defined()
    {
        var measurement = GateMeasurement.Of([0, 0, 0, 0], together: null, [-1, 1, -1, 1]);

        measurement.Pearson.ShouldBeNull();
        measurement.Problems(Widest).ShouldHaveSingleItem().ShouldContain("differs from fp32 on the CPU by 1 standard deviations");
    }

    [Fact]
    public void A_model_that_is_meant_to_give_one_score_to_all_passes()
    {
        GateMeasurement.Of([0.5f, 0.5f], [0.5f, 0.5f], [0.5f, 0.5f]).Problems(Widest).ShouldBeEmpty();
        GateMeasurement.Of([0.5f, 0.6f], [0.5f, 0.6f], [0.5f, 0.5f]).Problems(Widest).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void One_score_that_is_not_finite_among_good_ones_is_a_problem(float odd)
    {
        GateMeasurement.Of([1, odd, 3], together: null, [1, 2, 3]).Problems(Widest).ShouldNotBeEmpty();
        GateMeasurement.Of([1, 2, 3], [1, odd, 3], [1, 2, 3]).Problems(Widest).ShouldNotBeEmpty();
        GateMeasurement.Of([1, odd, 3], [1, odd, 3], fullPrecision: null).Problems(Widest).ShouldNotBeEmpty();
    }
}
