using Rerank.Cli.Demonstration;
using Rerank.Cli.Evaluation;
using Rerank.Cli.Running;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Demonstration;

public sealed class DemoReportTests
{
    private static readonly SampleSet Samples = SampleSet.Load(Path.Combine(Repository.Root, "samples"));

    [Fact]
    public void A_perfect_order_puts_the_answers_first_and_has_ndcg_1()
    {
        var text = Report(Judgements(), alreadyComplete: false);

        text.ShouldContain("after 1.0000 (mean of 30 queries)");
        text.ShouldContain("150 pairs/s: 300 pairs in 2.0 s");
        text.ShouldContain("/out/scores/job=demo/*.parquet");
        var first = text.Split('\n').First(line => line.StartsWith("  1  ", StringComparison.Ordinal));
        first[57..].ShouldStartWith("2 ");
    }

    [Fact]
    public void A_second_demo_says_that_nothing_was_left_and_shows_the_same_rankings()
    {
        var first = Report(Judgements(), alreadyComplete: false);
        var second = Report(Judgements(), alreadyComplete: true);

        second.ShouldContain("nothing was left to do: 300 pairs");
        WithoutThroughput(second).ShouldBe(WithoutThroughput(first));
    }

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly 10", 10, "exactly 10")]
    [InlineData("one two, three four", 12, "one two…")]
    [InlineData("abcdefghijklmnop", 8, "abcdefg…")]
    public void A_long_text_is_cut_between_words(string text, int length, string cut) => RankingComparison.Cut(text, length).ShouldBe(cut);

    private static Ranking Judgements()
    {
        var ranking = new Ranking();
        foreach (var query in Samples.Qrels.Queries)
        {
            foreach (var (document, relevance) in Samples.Qrels.Of(query))
                ranking.Add(query, document, relevance);
        }

        return ranking;
    }

    private static string Report(Ranking after, bool alreadyComplete)
    {
        var output = new StringWriter();
        var scored = alreadyComplete ? 0 : 300;
        var run = new RunResult("demo", 300, 0, 300, scored, 2, scored / 2.0, alreadyComplete, "/out", "/out/scores/job=demo/*.parquet");
        DemoReport.Write(Samples, new DatasetScores("demo", after, 300), run, output);
        return output.ToString();
    }

    private static IEnumerable<string> WithoutThroughput(string text) =>
        text.Split('\n').Where(line => !line.StartsWith("Throughput", StringComparison.Ordinal));
}
