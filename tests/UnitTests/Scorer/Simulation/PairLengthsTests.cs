using Rerank.Scorer.Simulation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>The generators give the padding that was measured on the texts they stand for.</summary>
public sealed class PairLengthsTests
{
    private const int Pairs = 64 * 1_024;

    [Fact]
    public void Lengths_like_MS_MARCOs_have_its_mean_and_spread()
    {
        var lengths = Draw(PairLengths.MsMarco);

        lengths.Average().ShouldBe(102.9, 1);
        Math.Sqrt(lengths.Average(length => Math.Pow(length - lengths.Average(), 2))).ShouldBe(34.2, 1);
        lengths.Max().ShouldBeInRange(186, 262);
    }

    [Theory]
    [InlineData(8, 0.32)]
    [InlineData(16, 0.37)]
    [InlineData(32, 0.41)]
    [InlineData(64, 0.44)]
    [InlineData(128, 0.47)]
    public void Passes_in_order_of_arrival_are_padded_as_the_reference_found(int rows, double waste) =>
        Waste(Draw(PairLengths.MsMarco).Chunk(rows)).ShouldBe(waste, 0.015);

    [Theory]
    [InlineData(64, 0.28)]
    [InlineData(128, 0.17)]
    [InlineData(256, 0.10)]
    [InlineData(512, 0.056)]
    [InlineData(1_024, 0.03)]
    [InlineData(5_000, 0.006)]
    public void A_sorted_window_in_passes_of_32_is_padded_as_the_reference_found(int window, double waste) =>
        Waste(Draw(PairLengths.MsMarco).Chunk(window).SelectMany(pairs => pairs.Order().Chunk(32))).ShouldBe(waste, 0.01);

    [Fact]
    public void Skewed_lengths_have_the_mean_and_the_tail_asked_for()
    {
        var lengths = Draw(PairLengths.Skewed).Order().ToArray();

        lengths.Average().ShouldBe(84, 1);
        lengths[(int)(0.95 * Pairs)].ShouldBeInRange(150, 154);
        lengths[^1].ShouldBeLessThanOrEqualTo(373);
    }

    /// <summary>Mean over the passes, as the reference counts it.</summary>
    private static double Waste(IEnumerable<int[]> passes) => passes.Average(pass => 1 - (pass.Average() / pass.Max()));

    private static int[] Draw(PairLengths lengths)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Pairs).Select(_ => lengths.Draw(random))];
    }
}
