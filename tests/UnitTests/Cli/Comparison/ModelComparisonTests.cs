using Rerank.Cli.Comparison;
using Rerank.Cli.Evaluation;
using Rerank.Shared.Contracts;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Comparison;

public sealed class ModelComparisonTests
{
    private static readonly Pair[] Pairs = [PairOf("a", "q1"), PairOf("b", "q1"), PairOf("c", "q2"), PairOf("d", "q2"), PairOf("e", "q3")];

    [Fact]
    public void Tau_is_the_mean_over_queries_and_leaves_out_those_of_one_document()
    {
        var comparison = ModelComparison.Of("A", "B", Pairs, [1, 2, 1, 2, 9], [1, 2, 2, 1, 9], qrels: null);

        comparison.KendallTau.ShouldBe(0);
        comparison.KendallQueries.ShouldBe(2);
        comparison.Queries.ShouldBe(3);
        comparison.NdcgA.ShouldBeNull();
    }

    [Fact]
    public void The_pair_that_differs_most_is_named()
    {
        var comparison = ModelComparison.Of("A", "B", Pairs, [1, 2, 3, 4, 5], [1, 2, 3, 1.5f, 5], qrels: null);

        comparison.MaxAbsDelta.ShouldBe(2.5);
        comparison.MeanAbsDelta.ShouldBe(0.5);
        comparison.Worst.ShouldBe(new WorstPair("d", "q2", 4, 1.5f));
        comparison.DeviationA.ShouldBe(Math.Sqrt(2), 1e-12);
        comparison.MaxDeltaInDeviations!.Value.ShouldBe(2.5 / Math.Sqrt(2), 1e-12);
    }

    [Fact]
    public void A_model_of_one_score_has_no_deviation_to_measure_by()
    {
        var comparison = ModelComparison.Of("A", "B", Pairs, [1, 1, 1, 1, 1], [1, 2, 3, 4, 5], qrels: null);

        comparison.Pearson.ShouldBeNull();
        comparison.MaxDeltaInDeviations.ShouldBeNull();
        comparison.ToText().ShouldContain("not defined as a share of the standard deviation of A, 0\n");
    }

    [Fact]
    public void Judgements_give_the_quality_of_both()
    {
        var qrels = new Qrels();
        qrels.Add("q1", "a", 1);

        var comparison = ModelComparison.Of("A", "B", Pairs, [2, 1, 0, 0, 0], [1, 2, 0, 0, 0], qrels);

        comparison.NdcgA!.Value.ShouldBe(1);
        comparison.NdcgB!.Value.ShouldBe(1 / Math.Log2(3), 1e-12);
        comparison.ToText().ShouldContain("nDCG@10       A 1.0000, B 0.6309");
    }

    private static Pair PairOf(string id, string query) => new(id, query, DocumentId: null, Rank: null, "query", "document", Truncated: false);
}
