using Rerank.Cli.Evaluation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Evaluation;

public sealed class QualityTests
{
    [Fact]
    public void A_judged_query_without_results_counts_zero_in_the_mean()
    {
        var qrels = new Qrels();
        qrels.Add("1", "a", 1);
        qrels.Add("2", "b", 1);
        var ranking = new Ranking();
        ranking.Add("1", "a", 0.5f);
        ranking.Add("not judged", "a", 0.5f);

        Quality.Of(ranking, qrels).ShouldBe(new Quality(0.5, 0.5, 0.5, Queries: 2, WithoutResults: 1));
    }

    [Fact]
    public void No_judgements_give_zero_and_not_a_division_by_zero() =>
        Quality.Of(new Ranking(), new Qrels()).ShouldBe(new Quality(0, 0, 0, 0, 0));
}
