using System.Globalization;
using System.Text.Json.Nodes;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Xunit;

namespace Rerank.ParityTests.Scorer.Tokenization;

/// <summary>Made-up pairs against Hugging Face's <c>tokenizers</c>; RERANK_FUZZ_PAIRS says how many for each tokenizer.</summary>
public sealed class HuggingFaceFuzzTests(NodeTokenizers huggingFace) : IClassFixture<NodeTokenizers>
{
    private const int DefaultPairs = 1_500;
    private const int Shown = 5;

    private static readonly int Pairs = Environment.GetEnvironmentVariable("RERANK_FUZZ_PAIRS") is { Length: > 0 } pairs
        ? int.Parse(pairs, CultureInfo.InvariantCulture)
        : DefaultPairs;

    [Theory]
    [InlineData(true, null, true, true)]
    [InlineData(false, null, true, true)]
    [InlineData(false, true, false, true)]
    [InlineData(true, false, true, false)]
    public Task WordPiece_gives_what_Hugging_Face_gives(bool lowercase, bool? stripAccents, bool separateIdeographs, bool cleanText) =>
        CompareAsync(FuzzTokenizers.WordPiece(lowercase, stripAccents, separateIdeographs, cleanText), FuzzTokenizers.BertSpecials);

    [Fact]
    public Task Unigram_gives_what_Hugging_Face_gives() => CompareAsync(FuzzTokenizers.XlmRoberta(), FuzzTokenizers.RobertaSpecials);

    [Fact]
    public Task Unigram_of_later_converters_gives_what_Hugging_Face_gives() =>
        CompareAsync(FuzzTokenizers.XlmRobertaOfLaterConverters(), FuzzTokenizers.RobertaSpecials);

    private async Task CompareAsync(JsonObject tokenizerJson, string[] specialTokens)
    {
        using var folder = TemporaryFolder.Create();
        var file = folder.File("tokenizer.json");
        await File.WriteAllTextAsync(file, tokenizerJson.ToJsonString(), TestContext.Current.CancellationToken);
        var texts = new FuzzTexts(seed: 1, specialTokens);
        var pairs = Enumerable.Range(0, Pairs).Select(_ => texts.Pair()).ToList();
        var tokenizer = PairTokenizer.Load(folder.Path);

        var expected = await huggingFace.EncodeAsync(file, pairs);
        var mismatches = pairs.Zip(expected, (pair, theirs) => Compare(tokenizer, pair, theirs)).OfType<string>().ToList();

        Assert.Equal(pairs.Count, expected.Count);
        Assert.True(mismatches.Count == 0, $"{mismatches.Count} of {pairs.Count} differ, the first:\n{string.Join('\n', mismatches.Take(Shown))}");
    }

    /// <summary>Null when equal, else both sides.</summary>
    private static string? Compare(PairTokenizer tokenizer, FuzzPair pair, NodeTokenizers.Encoded theirs)
    {
        var ours = Encode(tokenizer, pair);
        var same = (ours.Ids, theirs.Ids) switch
        {
            ({ } a, { } b) => a.SequenceEqual(b) && ours.Types!.SequenceEqual(theirs.Types!),
            (null, null) => true,
            _ => false,
        };
        return same ? null : $"{pair}\n  expected {theirs}\n  actual   {ours}";
    }

    private static NodeTokenizers.Encoded Encode(PairTokenizer tokenizer, FuzzPair pair)
    {
        try
        {
            var encoded = tokenizer.Encode(pair.Query, pair.Document, pair.MaxLength, pair.Truncation);
            var types = encoded.InputIds.Select((_, i) => i < encoded.FirstDocumentToken ? 0 : encoded.DocumentType);
            return new NodeTokenizers.Encoded(encoded.InputIds, [.. types], Error: null);
        }
        catch (TokenizerException e)
        {
            return new NodeTokenizers.Encoded(Ids: null, Types: null, e.Message);
        }
    }
}
