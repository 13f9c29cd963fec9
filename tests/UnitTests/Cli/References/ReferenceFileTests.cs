using System.Text.Json;
using Rerank.Cli.References;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Synth;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.References;

public sealed class ReferenceFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scores_of_the_model_itself_pass_and_a_wrong_one_is_named()
    {
        var model = ModelFolder.Open(SynthModel.Write(SynthShape.Parse("1x8x2x16"), 1, tokenizerFolder: null, _folder.File("synth")).Folder);
        using var scorer = PairScorer.Load(model);
        (string, string)[] pairs = [("the query", "a document"), ("other", "text of some more words"), ("third", "x")];
        var logits = scorer.Score(pairs, PassSize.Alone, TestContext.Current.CancellationToken).Logits;
        var sigmoid = 1 / (1 + Math.Exp(-logits[1]));
        var path = Write(
            Row(pairs[0], logits[0], "logit", "abs 1e-4"), Row(pairs[1], sigmoid, "sigmoid", "rel 1e-4"), Row(pairs[2], logits[2] + 0.5, "logit", "abs 1e-3"));

        var references = ReferenceFile.Read(path);
        var verification = Verification.Of(model.Identity, [.. references.Zip(logits, CheckedRow.Of)], skipped: 4);

        verification.Passed.ShouldBe(2);
        verification.Failed.ShouldBe(1);
        verification.Skipped.ShouldBe(4);
        verification.Worst!.Line.ShouldBe(3);
        verification.Worst.Difference.ShouldBe(0.5, 1e-5);
        verification.ToText().ShouldContain("failed line 3");
    }

    [Fact]
    public void A_score_far_from_zero_may_be_compared_by_its_sigmoid()
    {
        var reference = new Reference(1, "m", "q", "d", Score: -11.5, IsSigmoid: false, new Tolerance(5e-4, 0, OfSigmoid: true));

        CheckedRow.Of(reference, -9).Passes.ShouldBeTrue();
        CheckedRow.Of(reference, 0).Passes.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"model":"m","query":"q","document":"d","score":1,"kind":"logit"}""", "tolerance")]
    [InlineData("""{"model":"m","query":"q","document":"d","score":1,"kind":"probability","tolerance":1}""", "probability")]
    [InlineData("""{"model":"m","query":"q","document":"d","score":"1","tolerance":1}""", "score")]
    [InlineData("""{"model":"m","query":"q","score":1,"tolerance":1}""", "document")]
    [InlineData("""{"model":"m","query":"q","document":"d","score":1,"tolerance":"about"}""", "about")]
    [InlineData("[1]", "JSON object")]
    public void A_line_that_is_no_reference_is_named(string line, string problem)
    {
        var path = Write("", line);

        var refusal = Should.Throw<StageFailedException>(() => ReferenceFile.Read(path));

        refusal.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refusal.Message.ShouldContain($"{path}:2:");
        refusal.Message.ShouldContain(problem);
    }

    [Fact]
    public void The_published_scores_at_hand_are_all_understood()
    {
        var path = Repository.Shared("golden/reference-scores.jsonl");
        Assert.SkipWhen(path is null, "There is no shared/golden/reference-scores.jsonl beside the checkout.");

        ReferenceFile.Read(path).Count.ShouldBe(70);
    }

    private static string Row((string Query, string Document) pair, double score, string kind, string tolerance) =>
        JsonSerializer.Serialize(new { model = "synth", query = pair.Query, document = pair.Document, score, kind, tolerance });

    private string Write(params string[] lines)
    {
        var path = _folder.File("reference.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }
}
