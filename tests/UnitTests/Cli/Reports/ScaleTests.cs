using Rerank.Cli.Reports.Html;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Reports;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(0, 748, "0 200 400 600 800")]
    [InlineData(0, 0.3, "0.0 0.1 0.2 0.3")]
    [InlineData(33, 41, "34 36 38 40")]
    public void A_plain_scale_has_round_marks(double from, double to, string marks) =>
        Text(new Scale(from, to, 0, 100, marks: 5, isOpenEnded: from == 0)).ShouldBe(marks);

    [Fact]
    public void A_logarithmic_scale_gives_the_same_room_to_the_same_factor()
    {
        var scale = Scale.Logarithmic(12, 4_700, 0, 100);

        Text(scale).ShouldBe("10 20 50 100 200 500 1000 2000 5000");
        (scale.At(200) - scale.At(20)).ShouldBe(scale.At(5_000) - scale.At(500), 0.02);
        scale.At(10).ShouldBe(0);
        scale.At(5_000).ShouldBe(100);
    }

    [Theory]
    [InlineData(new[] { 40.0, 400 }, false)]
    [InlineData(new[] { 40.0, 4_000 }, true)]
    [InlineData(new[] { 0.0, 4_000 }, false)]
    public void Values_that_would_be_crowded_get_a_logarithmic_scale_unless_there_is_a_zero(double[] values, bool expected) =>
        Scale.Fitting(values, 0, 100, 5).IsLogarithmic.ShouldBe(expected);

    private static string Text(Scale scale) => string.Join(' ', scale.Marks().Select(mark => mark.Text));
}
