using System.Globalization;
using CsCheck;
using Rerank.Cli.Reports.Markdown;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Reports;

public sealed class FigureTests
{
    [Theory]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.375, 2, "0.38")]
    [InlineData(2.5, 0, "2")]
    [InlineData(3.5, 0, "4")]
    [InlineData(86.65, 1, "86.7")]
    [InlineData(2.675, 2, "2.67")]
    [InlineData(1234.5, 1, "1234.5")]
    public void A_figure_is_rounded_by_its_exact_value_and_a_tie_to_even(double value, int decimals, string text) =>
        Figure.Fixed(value, decimals).ShouldBe(text);

    [Fact]
    public void A_figure_without_a_reading_is_a_dash()
    {
        Figure.Fixed(null, 2).ShouldBe("-");
        Figure.Fixed(double.NaN, 1, "ms").ShouldBe("-");
        Figure.Percent(null).ShouldBe("-");
        Figure.Whole(null).ShouldBe("-");
    }

    [Fact]
    public void Rounding_agrees_with_exact_decimal_arithmetic() => Gen.Select(Gen.Int[0, 4_000_000], Gen.Int[0, 3]).Sample((eighths, decimals) =>
    {
        // Eighths are exact as doubles and as decimals, and every fourth of them is a tie somewhere.
        var expected = decimal.Round(eighths / 8m, decimals, MidpointRounding.ToEven).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return Figure.Fixed(eighths / 8.0, decimals) == expected;
    });
}
