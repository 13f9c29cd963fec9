using Rerank.Scorer.Inference;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference;

public sealed class BucketedEncoderTests : IDisposable
{
    private const double Tolerance = 1e-5;
    private readonly TinyCrossEncoder _tiny = new();

    [Theory]
    [InlineData(1, 20)]
    [InlineData(5, 60)]
    [InlineData(16, 32)]
    [InlineData(21, 30)]
    [InlineData(7, 300)]
    public void Padded_up_to_static_shapes_a_pass_has_the_scores_of_the_dynamic_one(int rows, int longest)
    {
        var model = _tiny.Open();
        var pairs = _tiny.Pairs(rows, longest);
        var length = pairs.Max(pair => pair.InputIds.Length);
        using var plain = CrossEncoder.LoadForCpu(model, _tiny.Tokenizer.PadTokenId);
        var factory = new SessionFactory(model, _tiny.Tokenizer.PadTokenId, Backend.Cpu);
        using var bucketed = new BucketedEncoder(new ShapeBuckets(tokens: 512, maxPositions: 512), sessions: 1, shape => factory.Open(shape));

        var scores = bucketed.Run(pairs, length, lane: 0, new PassBuffers()).ToArray();

        var expected = plain.Run(pairs, length, new PassBuffers()).ToArray();
        scores.Length.ShouldBe(rows);
        scores.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < Tolerance);
        expected.Distinct().Count().ShouldBe(rows);
    }

    [Fact]
    public void A_session_is_opened_for_a_shape_when_it_is_first_used_and_for_each_lane_where_lanes_do_not_share()
    {
        var opened = new List<PassShape>();
        var factory = new SessionFactory(_tiny.Open(), _tiny.Tokenizer.PadTokenId, Backend.Cpu);
        using var encoder = new BucketedEncoder(new ShapeBuckets(tokens: 64, maxPositions: 512), sessions: 2, shape =>
        {
            opened.Add(shape);
            return factory.Open(shape);
        });
        var pairs = _tiny.Pairs(3, 20);
        opened.ShouldBeEmpty();

        foreach (var lane in new[] { 0, 0, 1 })
            encoder.Run(pairs, 20, lane, new PassBuffers());

        opened.ShouldBe([new(2, 32), new(1, 32), new(2, 32), new(1, 32)]);
    }

    public void Dispose() => _tiny.Dispose();
}
