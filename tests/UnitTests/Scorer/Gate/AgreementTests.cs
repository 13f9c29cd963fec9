using Rerank.Scorer.Gate;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Gate;

public sealed class AgreementTests
{
    [Fact]
    public void Pearson_of_cases_done_by_hand()
    {
        // Deviations (-1, 0, 1) and (-1, 1, 0): product 1, squares 2 and 2.
        Agreement.Pearson([1, 2, 3], [1, 3, 2])!.Value.ShouldBe(0.5, 1e-12);
        Agreement.Pearson([1, 2, 3], [10, 20, 30])!.Value.ShouldBe(1, 1e-12);
        Agreement.Pearson([1, 2, 3], [3, 2, 1])!.Value.ShouldBe(-1, 1e-12);
    }

    [Fact]
    public void Pearson_of_a_constant_series_is_not_defined_however_its_mean_is_rounded()
    {
        double[] tenths = [0.1, 0.1, 0.1];
        tenths.Sum().ShouldNotBe(0.3, "the mean should be off by a rounding, or this shows nothing");

        Agreement.Pearson(tenths, [1, 2, 3]).ShouldBeNull();
        Agreement.Pearson([1, 2, 3], tenths).ShouldBeNull();
        Agreement.Pearson([1], [1]).ShouldBeNull();
        Agreement.Pearson([], []).ShouldBeNull();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Pearson_with_a_value_that_is_not_finite_is_not_defined(double odd)
    {
        Agreement.Pearson([1, odd, 3], [1, 2, 3]).ShouldBeNull();
        Agreement.Pearson([1, 2, 3], [1, 2, odd]).ShouldBeNull();
    }

    [Fact]
    public void The_largest_difference_is_no_number_as_soon_as_one_is_none()
    {
        Agreement.LargestDifference([1, 5, 2], [2, 2, 2]).ShouldBe(3);
        Agreement.LargestDifference([1, double.NaN, 2], [2, 2, 2]).ShouldBe(double.NaN);
    }

    [Fact]
    public void The_standard_deviation_is_that_of_all_values() => Agreement.StandardDeviation([2, 4, 4, 4, 5, 5, 7, 9]).ShouldBe(2, 1e-12);

    [Fact]
    public void Series_of_different_lengths_are_refused()
    {
        Should.Throw<ArgumentException>(() => Agreement.Pearson([1, 2], [1]));
        Should.Throw<ArgumentException>(() => Agreement.LargestDifference([1, 2], [1]));
    }
}
