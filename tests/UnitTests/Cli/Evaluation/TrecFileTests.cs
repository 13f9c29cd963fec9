using Rerank.Cli.Evaluation;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Evaluation;

public sealed class TrecFileTests
{
    [Fact]
    public void Fields_may_be_separated_by_any_white_space_and_blank_lines_are_skipped()
    {
        using var folder = TemporaryFolder.Create();

        var qrels = Qrels.Read(Write(folder, "q1\t0\td1\t2\n\n q2  0  d2  -1 \r\n"));

        qrels.Queries.ShouldBe(["q1", "q2"]);
        qrels.Of("q2")["d2"].ShouldBe(-1);
    }

    [Theory]
    [InlineData("q 0 d 1\nq 0 d\n", ":2: 3 fields instead of 4")]
    [InlineData("q 0 d one\n", ":1: the relevance 'one' is not a whole number")]
    public void A_malformed_judgement_is_named_by_file_and_line(string text, string message)
    {
        using var folder = TemporaryFolder.Create();
        var file = Write(folder, text);

        Should.Throw<StageFailedException>(() => Qrels.Read(file)).Message.ShouldStartWith(file + message);
    }

    [Fact]
    public void A_file_without_judgements_is_refused()
    {
        using var folder = TemporaryFolder.Create();

        Should.Throw<StageFailedException>(() => Qrels.Read(Write(folder, "\n"))).Message.ShouldContain("has no judgements");
    }

    [Theory]
    [InlineData("q Q0 d 1 0.5\n", ":1: 5 fields instead of 6")]
    [InlineData("q Q0 d 1 high bm25\n", ":1: the score 'high' is not a number")]
    [InlineData("q Q0 d 1 NaN bm25\n", ":1: the score 'NaN' is not a number")]
    [InlineData("q Q0 d 1 2 t\nq Q0 d 2 1 t\n", ":2: document 'd' comes twice for query 'q'")]
    public void A_malformed_line_of_a_run_is_named_by_file_and_line(string text, string message)
    {
        using var folder = TemporaryFolder.Create();
        var file = Write(folder, text);

        Should.Throw<StageFailedException>(() => RunFile.Read(file)).Message.ShouldStartWith(file + message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_wrong_usage() =>
        Should.Throw<StageFailedException>(() => Qrels.Read("/no/such/qrels")).ExitCode.ShouldBe(ExitCode.WrongUsage);

    private static string Write(TemporaryFolder folder, string text)
    {
        File.WriteAllText(folder.File("trec"), text);
        return folder.File("trec");
    }
}
