using CsCheck;
using Rerank.Cli.Evaluation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Evaluation;

public sealed class MetricsTests
{
    private static readonly Dictionary<string, int> Judged = new() { ["a"] = 2, ["b"] = 0, ["c"] = 1, ["d"] = 1 };

    private static readonly Gen<int[]> Relevances = Gen.Int[0, 3].Array[1, 30];

    [Fact]
    public void Ndcg_of_a_ranking_is_what_it_is_by_hand()
    {
        // Gains 0, 2, 1, 0 at ranks 1 to 4; the ideal order has 2, 1, 1.
        var expected = (2 / Math.Log2(3) + 1 / Math.Log2(4)) / (2 / Math.Log2(2) + 1 / Math.Log2(3) + 1 / Math.Log2(4));

        Metrics.Ndcg(Ranked("b", "a", "c", "unjudged"), Judged, depth: 10).ShouldBe(expected, 1e-12);
        expected.ShouldBe(0.5627, 1e-4);
    }

    [Fact]
    public void Only_the_first_documents_count()
    {
        Metrics.Ndcg(Ranked("b", "x", "a"), Judged, depth: 2).ShouldBe(0);
        Metrics.ReciprocalRank(Ranked("b", "x", "a"), Judged, depth: 2).ShouldBe(0);
        Metrics.Recall(Ranked("b", "x", "a"), Judged, depth: 2).ShouldBe(0);
    }

    [Fact]
    public void Reciprocal_rank_is_that_of_the_first_relevant_document() =>
        Metrics.ReciprocalRank(Ranked("b", "x", "c", "a"), Judged, depth: 10).ShouldBe(1.0 / 3);

    [Fact]
    public void Recall_is_the_share_of_the_relevant_documents_found() =>
        Metrics.Recall(Ranked("b", "c", "a"), Judged, depth: 10).ShouldBe(2.0 / 3);

    [Fact]
    public void Nothing_relevant_scores_nothing()
    {
        var judged = new Dictionary<string, int> { ["a"] = 0 };

        Metrics.Ndcg(Ranked("a"), judged, depth: 10).ShouldBe(0);
        Metrics.Recall(Ranked("a"), judged, depth: 10).ShouldBe(0);
    }

    [Fact]
    public void The_perfect_order_has_ndcg_1_and_no_order_has_more() => Gen.Select(Relevances, Gen.Int).Sample((relevances, seed) =>
    {
        var judged = relevances.Select((relevance, i) => (Document: $"d{i}", relevance)).ToDictionary(d => d.Document, d => d.relevance);
        var perfect = judged.Keys.OrderByDescending(document => judged[document]).ToArray();
        var shuffled = judged.Keys.ToArray();
        new Random(seed).Shuffle(shuffled);
        var best = relevances.Any(relevance => relevance > 0) ? 1.0 : 0.0;

        Metrics.Ndcg(Ranked(perfect), judged, depth: 10).ShouldBe(best, 1e-12);
        Metrics.Ndcg(Ranked(shuffled), judged, depth: 10).ShouldBeInRange(0, best + 1e-12);
    });

    private static RankedDocument[] Ranked(params string[] documents) =>
        [.. documents.Select((document, i) => new RankedDocument(document, documents.Length - i))];
}
