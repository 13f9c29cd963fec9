using Rerank.Scorer.Inference.CoreML;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference.CoreML;

public sealed class CoreMLVerdictTests
{
    private static readonly CoreMLProbe Good = new(
        Partitions: 1, CpuNodes: 2, LargestDifference: 0.004, RowsPerSecond: 900, CpuRowsPerSecond: 300);

    [Fact]
    public void Right_and_faster_is_used()
    {
        var verdict = CoreMLVerdict.Of(Good);

        verdict.Usable.ShouldBeTrue();
        verdict.Faster.ShouldBeTrue();
        verdict.Reason.ShouldContain("900 rows/s against 300");
        verdict.Reason.ShouldContain("1 partitions on CoreML, 2 nodes on the CPU");
    }

    [Fact]
    public void Right_and_slower_can_be_used_but_is_not_faster()
    {
        var verdict = CoreMLVerdict.Of(Good with { Partitions = 97, RowsPerSecond = 80 });

        verdict.Usable.ShouldBeTrue();
        verdict.Faster.ShouldBeFalse();
    }

    [Fact]
    public void Wrong_scores_are_not_used_however_fast()
    {
        var verdict = CoreMLVerdict.Of(Good with { LargestDifference = 0.81 });

        verdict.Usable.ShouldBeFalse();
        verdict.Reason.ShouldContain("0.81 off");
        verdict.Reason.ShouldContain("NeuralNetwork");
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_not_used() =>
        CoreMLVerdict.Of(Good with { LargestDifference = double.NaN }).Usable.ShouldBeFalse();

    [Fact]
    public void A_graph_that_stays_on_the_CPU_is_not_called_CoreML()
    {
        var verdict = CoreMLVerdict.Of(Good with { Partitions = 0 });

        verdict.Usable.ShouldBeFalse();
        verdict.Reason.ShouldContain("no part of the graph");
    }
}
