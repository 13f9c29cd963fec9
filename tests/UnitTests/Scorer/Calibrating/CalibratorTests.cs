using Rerank.Scorer.Batching;
using Rerank.Scorer.Calibrating;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Calibrating;

public sealed class CalibratorTests
{
    private static readonly (int Rows, int Length)[] Shapes = [.. CostModel.CalibrationShapes(64, 1024, 128)];

    [Fact]
    public void All_lanes_run_all_shapes_while_there_is_time()
    {
        var encoder = new CountingEncoder(TimeSpan.FromMilliseconds(1));

        var measured = Run(encoder, lanes: 2, limit: TimeSpan.FromHours(1));

        measured.ShouldBe(Shapes.Length);
        encoder.Lanes.ShouldBe([0, 1], ignoreOrder: true);
        encoder.Shapes.ShouldBe(Shapes, ignoreOrder: true);
    }

    [Fact]
    public void A_shape_is_measured_in_three_rounds_that_all_shapes_take_part_in()
    {
        var encoder = new CountingEncoder(TimeSpan.FromMilliseconds(1));

        Run(encoder, lanes: 1, limit: TimeSpan.FromHours(1));

        // The first round runs each shape twice: once to get ready.
        encoder.Passes.TakeLast(2 * Shapes.Length).ShouldBe([.. Shapes, .. Shapes]);
        encoder.Passes.SkipLast(2 * Shapes.Length).TakeLast(2 * Shapes.Length).ShouldBe(Shapes.SelectMany(shape => new[] { shape, shape }));
    }

    [Fact]
    public void Shapes_that_become_the_same_tensor_are_measured_once()
    {
        var encoder = new CountingEncoder(TimeSpan.FromMilliseconds(1)) { Buckets = new ShapeBuckets(512, 512) };

        Run(encoder, lanes: 1, limit: TimeSpan.FromHours(1)).ShouldBeLessThan(Shapes.Length);
    }

    [Fact]
    public void What_a_slow_first_pass_took_is_not_taken_from_the_time_to_measure()
    {
        var encoder = new CountingEncoder(TimeSpan.FromMilliseconds(1)) { FirstPassTime = TimeSpan.FromSeconds(1) };

        Run(encoder, lanes: 1, limit: TimeSpan.FromSeconds(3)).ShouldBeGreaterThan(10);
    }

    [Fact]
    public void It_ends_when_its_time_is_over()
    {
        var encoder = new CountingEncoder(TimeSpan.FromSeconds(1));

        Run(encoder, lanes: 1, limit: TimeSpan.FromSeconds(20)).ShouldBeInRange(1, 5);
    }

    [Fact]
    public void A_failure_of_a_lane_is_that_of_the_calibration()
    {
        var encoder = new CountingEncoder(TimeSpan.Zero) { Failure = new ModelException("a session could not be opened") };

        Should.Throw<ModelException>(() => Run(encoder, lanes: 2, limit: TimeSpan.FromHours(1)));
    }

    private static int Run(CountingEncoder encoder, int lanes, TimeSpan limit)
    {
        var tokenizer = PairTokenizer.Load(ModelFolder.Open("builtin:lexical").TokenizerFolder);
        return new Calibrator(encoder, tokenizer, lanes, limit, encoder.Time)
            .Run(new CostModel(), Shapes, TestContext.Current.CancellationToken);
    }
}
