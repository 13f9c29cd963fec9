using System.Text;
using Rerank.Ingest.Sources;
using Rerank.Shared.Contracts;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Ingest;

public sealed class FormatGuessTests
{
    [Theory]
    [InlineData("""[{"id":1}]""", "one JSON array")]
    [InlineData("[", "one JSON array")]
    [InlineData("{", "over several lines")]
    [InlineData("""{"text":"a"}""", "are not pairs")]
    [InlineData("1\tquery\tdocument", "TSV")]
    [InlineData("id,query,document", "CSV")]
    [InlineData("1 Q0 d7 1 12.5 bm25", "TREC run")]
    [InlineData("<html>", "XML or HTML")]
    [InlineData("PAR1\u0015\u0000", "Parquet")]
    [InlineData("word", "unknown")]
    public void A_first_line_is_recognised(string line, string guess) =>
        FormatGuess.From(Encoding.UTF8.GetBytes(line), DeadReason.InvalidJson).ShouldContain(guess);

    [Fact]
    public void Other_encodings_are_recognised()
    {
        FormatGuess.From([0x1F, 0x8B, 8], DeadReason.InvalidUtf8).ShouldContain("gzip");
        FormatGuess.From([0xFF, 0xFE, 0x7B, 0], DeadReason.InvalidUtf8).ShouldContain("UTF-16");
        FormatGuess.From([0x7B, 0xE9], DeadReason.InvalidUtf8).ShouldContain("not UTF-8");
    }
}
