using CsCheck;
using Rerank.Scorer.Inference;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference;

public sealed class ShapeBucketsTests
{
    private const int LongestSample = 1200;
    private static readonly Gen<(int Rows, int Length)> Passes = Gen.Select(Gen.Int[1, 70], Gen.Int[3, LongestSample]);

    [Fact]
    public void Every_pass_fits_into_its_shapes_and_only_the_last_holds_padding_rows() => Passes.Sample(pass =>
    {
        var buckets = new ShapeBuckets(tokens: 2048, maxPositions: null);

        var shapes = buckets.Cut(pass.Rows, pass.Length).ToArray();

        var rows = shapes.Sum(shape => shape.Rows);
        return shapes.All(shape => shape.Length >= pass.Length && shape.Length == shapes[0].Length)
            && rows >= pass.Rows && rows - shapes[^1].Rows < pass.Rows
            && buckets.RoundUp(pass.Rows, pass.Length) == new PassShape(rows, shapes[0].Length);
    });

    [Fact]
    public void Two_shapes_a_length_are_enough_for_all_passes()
    {
        var buckets = new ShapeBuckets(tokens: 512, maxPositions: 512);

        var shapes = Enumerable.Range(1, 40)
            .SelectMany(rows => Enumerable.Range(3, 510).SelectMany(length => buckets.Cut(rows, length)))
            .Distinct()
            .ToArray();

        shapes.GroupBy(shape => shape.Length).ShouldAllBe(sameLength => sameLength.Count() <= 2);
        shapes.Length.ShouldBeLessThan(16);
        shapes.ShouldAllBe(shape => shape.Rows * shape.Length <= 512);
    }

    [Theory]
    [InlineData(1, 20, 1, 32)]
    [InlineData(16, 20, 16, 32)]
    [InlineData(17, 20, 17, 32)]
    [InlineData(21, 20, 32, 32)]
    [InlineData(1, 100, 1, 128)]
    [InlineData(3, 100, 4, 128)]
    [InlineData(5, 300, 5, 384)]
    public void A_few_rows_run_one_by_one_and_more_are_padded_up(int rows, int length, int paddedRows, int paddedLength) =>
        new ShapeBuckets(tokens: 512, maxPositions: 512).RoundUp(rows, length).ShouldBe(new PassShape(paddedRows, paddedLength));

    [Fact]
    public void No_row_is_longer_than_the_model_has_positions_for()
    {
        var buckets = new ShapeBuckets(tokens: 512, maxPositions: 300);

        buckets.RoundUp(1, 299).Length.ShouldBe(300);
        buckets.RoundUp(1, 200).Length.ShouldBe(256);
    }

    [Fact]
    public void A_pass_longer_than_any_bucket_is_rounded_up_to_a_whole_step() =>
        new ShapeBuckets(tokens: 512, maxPositions: 8192).RoundUp(2, 700).ShouldBe(new PassShape(2, 768));
}
