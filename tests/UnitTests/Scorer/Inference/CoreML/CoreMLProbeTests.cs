using Rerank.Scorer.Inference;
using Rerank.Scorer.Inference.CoreML;
using Rerank.Scorer.Models.Rewriting;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference.CoreML;

public sealed class CoreMLProbeTests : IDisposable
{
    private readonly TinyCrossEncoder _tiny = new();

    [Fact]
    public void It_counts_where_nodes_ran_and_compares_scores_and_rates()
    {
        // The CPU in the place of the device: what is measured is the same on every backend.
        var cpu = new SessionFactory(_tiny.Open(), _tiny.Tokenizer.PadTokenId, Backend.Cpu);
        var pairs = ProbePairs.Of(_tiny.Tokenizer);

        var probe = CoreMLProbe.Measure(cpu, cpu, "CPUExecutionProvider", pairs, new PassShape(8, 64));

        probe.Partitions.ShouldBeGreaterThan(10);
        probe.CpuNodes.ShouldBe(probe.Partitions);
        probe.LargestDifference.ShouldBe(0);
        probe.RowsPerSecond.ShouldBeGreaterThan(0);
        probe.CpuRowsPerSecond.ShouldBeGreaterThan(0);
        Directory.EnumerateFiles(Path.GetTempPath(), "rerank-probe-*").ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_ran_on_a_provider_that_is_not_in_the_session()
    {
        var cpu = new SessionFactory(_tiny.Open(), _tiny.Tokenizer.PadTokenId, Backend.Cpu);

        CoreMLProbe.Measure(cpu, cpu, "CoreMLExecutionProvider", ProbePairs.Of(_tiny.Tokenizer), new PassShape(8, 64)).Partitions.ShouldBe(0);
    }

    public void Dispose() => _tiny.Dispose();
}
