using Rerank.Cli.Evaluation;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.ParityTests.Cli;

public sealed class EvaluationParityTests
{
    [Fact]
    public void The_bm25_run_of_scifact_has_its_known_ndcg()
    {
        var run = Repository.Shared("data/scifact-100x20.bm25.run");
        var qrels = Repository.Shared("data/scifact-100x20.qrels");
        Assert.SkipWhen(run is null || qrels is null, "The SciFact reference data is not beside this checkout.");

        Quality.Of(RunFile.Read(run!), Qrels.Read(qrels!)).Ndcg.ShouldBe(0.7147, 0.00005);
    }
}
