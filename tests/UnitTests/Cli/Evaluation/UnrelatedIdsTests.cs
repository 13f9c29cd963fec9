using Rerank.Cli.Evaluation;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Evaluation;

public sealed class UnrelatedIdsTests
{
    [Fact]
    public void Judgements_of_no_query_that_was_scored_are_warned_of_with_ids_of_both()
    {
        var ranking = new Ranking();
        ranking.Add("q1", "a", 0.5f);

        var warning = UnrelatedIds.Warning(Judged("1", "2", "3", "4"), ranking).ShouldNotBeNull();

        warning.ShouldContain("none of the 4 judged queries");
        warning.ShouldContain("'1', '2', '3', …");
        warning.ShouldContain("'q1'");
    }

    [Fact]
    public void One_query_in_common_is_enough()
    {
        var ranking = new Ranking();
        ranking.Add("1", "a", 0.5f);

        UnrelatedIds.Warning(Judged("1", "2"), ranking).ShouldBeNull();
    }

    private static Qrels Judged(params string[] queries)
    {
        var qrels = new Qrels();
        foreach (var query in queries)
            qrels.Add(query, "a", 1);
        return qrels;
    }
}
