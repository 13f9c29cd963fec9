using CsCheck;
using Rerank.Cli.Evaluation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Evaluation;

public sealed class RankingTests
{
    [Fact]
    public void Equal_scores_are_ordered_by_document_id_the_greater_first()
    {
        var ranking = new Ranking();
        foreach (var (document, score) in new[] { ("b", 1f), ("a", 1f), ("c", 2f), ("B", 1f) })
            ranking.Add("q", document, score);

        ranking.Of("q").Select(ranked => ranked.Document).ShouldBe(["c", "b", "a", "B"]);
    }

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_adding() => Gen.Select(Gen.Int[0, 3].Array[0, 40], Gen.Int).Sample((scores, seed) =>
    {
        var added = scores.Select((score, i) => ($"d{i}", (float)score)).ToArray();
        var shuffled = added.ToArray();
        new Random(seed).Shuffle(shuffled);

        RankingOf(shuffled).ShouldBe(RankingOf(added));
    });

    [Fact]
    public void A_document_that_comes_twice_keeps_its_best_score()
    {
        var ranking = new Ranking();

        ranking.Add("q", "a", 3).ShouldBeTrue();
        ranking.Add("q", "a", 5).ShouldBeFalse();
        ranking.Add("q", "a", 4).ShouldBeFalse();

        ranking.Of("q").ShouldBe([new RankedDocument("a", 5)]);
    }

    private static IReadOnlyList<RankedDocument> RankingOf((string Document, float Score)[] added)
    {
        var ranking = new Ranking();
        foreach (var (document, score) in added)
            ranking.Add("q", document, score);
        return ranking.Of("q");
    }
}
