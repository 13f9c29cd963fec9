using System.Text.Json;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Xunit;

namespace Rerank.ParityTests.Scorer.Tokenization;

public sealed class HuggingFaceParityTests
{
    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.txt")]
    public void Every_golden_pair_has_the_ids_and_types_of_Hugging_Face(string tokenizerFile)
    {
        var golden = Repository.Shared("golden/tokenizer-pairs.jsonl");
        var model = Repository.Shared($"models/bert-uncased/{tokenizerFile}");
        Assert.SkipWhen(golden is null || model is null, "The golden tokenizations or the BERT vocabulary are not beside this checkout.");
        using var folder = TemporaryFolder.Create();
        File.Copy(model, folder.File(tokenizerFile));
        var tokenizer = PairTokenizer.Load(folder.Path);

        var rows = File.ReadLines(golden).Select(GoldenPair.Read).ToList();
        var mismatches = rows.Select(row => row.Compare(tokenizer)).OfType<string>().ToList();

        Assert.Equal(144, rows.Count);
        Assert.True(mismatches.Count == 0, $"{mismatches.Count} of {rows.Count} differ:\n{string.Join('\n', mismatches)}");
    }

    private sealed record GoldenPair(string Query, string Document, int MaxLength, Truncation Truncation, int[] Ids, int[] Types)
    {
        public static GoldenPair Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            return new GoldenPair(
                row.GetProperty("query").GetString()!,
                row.GetProperty("document").GetString()!,
                row.GetProperty("max_length").GetInt32(),
                row.GetProperty("truncation").GetString() == "only_second" ? Truncation.OnlySecond : Truncation.LongestFirst,
                Numbers(row.GetProperty("input_ids")),
                Numbers(row.GetProperty("token_type_ids")));
        }

        /// <summary>Null when equal, else both sides.</summary>
        public string? Compare(PairTokenizer tokenizer)
        {
            var actual = tokenizer.Encode(Query, Document, MaxLength, Truncation);
            var types = actual.InputIds.Select((_, i) => i < actual.FirstDocumentToken ? 0 : actual.DocumentType).ToArray();
            return actual.InputIds.SequenceEqual(Ids) && types.SequenceEqual(Types)
                ? null
                : $"""
                query {JsonSerializer.Serialize(Query)} document {JsonSerializer.Serialize(Document)} {Truncation} {MaxLength}
                  expected {string.Join(' ', Ids)} | {string.Concat(Types)}
                  actual   {string.Join(' ', actual.InputIds)} | {string.Concat(types)}
                """;
        }

        private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];
    }
}
