using Rerank.Cli.References;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.References;

public sealed class ToleranceTests
{
    [Theory]
    [InlineData("rel 1e-4", "-8.0", 8e-4)]
    [InlineData("abs 1e-3", "-8.0", 1e-3)]
    [InlineData("0.005 (2 decimals)", "8.61", 0.005)]
    [InlineData("0.01", "8.61", 0.01)]
    [InlineData("printed fp32", "8.61", 0.005 + 8.61e-4)]
    [InlineData("printed", "-2", 0.5 + 2e-3)]
    internal void Every_form_gives_what_is_allowed(string text, string score, double allowed)
    {
        var tolerance = Tolerance.Parse(text, score);

        tolerance!.At(double.Parse(score)).ShouldBe(allowed, 1e-12);
        tolerance.OfSigmoid.ShouldBeFalse();
    }

    [Fact]
    public void A_comparison_of_sigmoids_is_known()
    {
        var tolerance = Tolerance.Parse("test compares sigmoid to 5e-4 only", "-11.5");

        tolerance.ShouldBe(new Tolerance(5e-4, 0, OfSigmoid: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("close")]
    [InlineData("rel")]
    [InlineData("-1")]
    public void Anything_else_is_none(string text) => Tolerance.Parse(text, "1").ShouldBeNull();
}
