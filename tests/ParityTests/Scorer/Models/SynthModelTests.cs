using System.Text.Json;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Synth;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.ParityTests.Scorer.Models;

public sealed class SynthModelTests
{
    private const int MaxLength = 512;
    private const int Documents = 20;

    [Fact]
    public void With_the_tokenizer_of_BERT_it_scores_real_text_up_to_its_last_position()
    {
        var tokenizerFolder = Repository.Shared("models/bert-uncased");
        var pairs = Repository.Shared("data/scifact-100x20.jsonl");
        Assert.SkipWhen(tokenizerFolder is null || pairs is null, "shared/models/bert-uncased or shared/data is not beside this checkout");
        using var folder = TemporaryFolder.Create();

        var report = SynthModel.Write(SynthShape.Parse("tinybert-l2"), seed: 1, tokenizerFolder, folder.File("model"));

        report.Vocabulary.ShouldBe(SynthModel.DefaultVocabulary);
        var model = ModelFolder.Open(report.Folder);
        var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
        using var session = new PairSession(model);
        var encoded = File.ReadLines(pairs).Take(Documents)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(pair => tokenizer.Encode(pair.GetProperty("query").GetString()!, pair.GetProperty("document").GetString()!, MaxLength))
            .ToArray();
        encoded.Max(pair => pair.InputIds.Length).ShouldBe(MaxLength);
        var scores = encoded.Select(session.Score).ToArray();
        scores.ShouldAllBe(score => float.IsFinite(score));
        scores.Distinct().Count().ShouldBe(Documents);
    }
}
