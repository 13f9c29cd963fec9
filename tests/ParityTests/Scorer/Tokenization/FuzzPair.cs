using System.Runtime.InteropServices;
using System.Text.Json;
using Rerank.Scorer.Tokenization;

namespace Rerank.ParityTests.Scorer.Tokenization;

/// <summary>A pair and how it is to be cut.</summary>
internal sealed record FuzzPair(string Query, string Document, int MaxLength, Truncation Truncation)
{
    /// <summary>A line that encode-pairs.cjs reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        query = Base64(Query),
        document = Base64(Document),
        max_length = MaxLength,
        truncation = Truncation == Truncation.OnlySecond ? "only_second" : "longest_first",
    });

    public override string ToString() =>
        $"query {Escaped(Query)} document {Escaped(Document)} {Truncation} {MaxLength}";

    private static string Base64(string text) => Convert.ToBase64String(MemoryMarshal.AsBytes(text.AsSpan()));

    private static string Escaped(string text) =>
        $"\"{string.Concat(text.Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\u{(int)c:X4}"))}\"";
}
