using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Rerank.Shared.Contracts;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class PairCodecTests
{
    private static readonly Gen<string> Text = TextParts.Of(
        12, "", "a", "\"", "\\", "\0", "\n", "é", "漢", "😀", "\u2028", "\uFEFF", "<&>", " ", "word");

    private static readonly Gen<Pair> Pairs =
        from id in Text
        from queryId in Text
        from documentId in Gen.OneOf(Text, Gen.Const((string)null!))
        from rank in Gen.OneOf(Gen.Int.Select(value => (int?)value), Gen.Const((int?)null))
        from query in Text
        from document in Text
        from truncated in Gen.Bool
        select new Pair(id, queryId, documentId, rank, query, document, truncated);

    [Fact]
    public void A_pair_is_read_back_as_it_was_written() =>
        Pairs.Sample(pair => PairCodec.Decode(Encode(pair)).ShouldBe(new PairDecodeResult(pair, null, null)));

    [Fact]
    public void Any_bytes_give_a_pair_or_a_reason_and_never_an_exception() =>
        Gen.Select(Pairs, Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 4]).Sample((pair, damage) =>
        {
            var bytes = Encode(pair);
            foreach (var (at, value) in damage)
                bytes[at % bytes.Length] = value;

            var result = PairCodec.Decode(bytes);

            (result.Pair is null).ShouldBe(result.Reason is not null && result.Detail is not null);
        });

    [Fact]
    public void A_document_is_cut_to_the_most_whole_code_points_that_fit() =>
        Gen.Select(Pairs, Gen.Int[0, 40]).Sample((pair, maxBytes) =>
        {
            var cut = PairCodec.Decode(Encode(pair), maxBytes).Pair.ShouldNotBeNull();

            pair.Document.ShouldStartWith(cut.Document, Case.Sensitive);
            Encoding.UTF8.GetByteCount(cut.Document).ShouldBeLessThanOrEqualTo(maxBytes);
            cut.Truncated.ShouldBe(pair.Truncated || cut.Document.Length < pair.Document.Length);
            if (cut.Document.Length < pair.Document.Length)
            {
                var next = Rune.GetRuneAt(pair.Document, cut.Document.Length);
                (Encoding.UTF8.GetByteCount(cut.Document) + next.Utf8SequenceLength).ShouldBeGreaterThan(maxBytes);
            }
        });

    [Theory]
    [InlineData("""{"id":12345678901234567890,"query":"q","document":"d"}""", "12345678901234567890")]
    [InlineData("""{"id":1.50,"query":"q","document":"d"}""", "1.50")]
    [InlineData("""{"\u0069d":"escaped name","query":"q","document":"d"}""", "escaped name")]
    [InlineData(""" {"more":{"id":[1]},"id":"a","query":"q","document":"d"} """, "a")]
    [InlineData("""{"id":"first","id":"last","query":"q","document":"d"}""", "last")]
    public void An_id_is_read_from(string json, string id) => Decode(json).Pair.ShouldNotBeNull().Id.ShouldBe(id);

    [Fact]
    public void A_pair_without_query_id_gets_the_hash_of_its_query()
    {
        var first = Decode("""{"id":1,"query":"same","document":"a"}""").Pair.ShouldNotBeNull();
        var second = Decode("""{"id":2,"query":"same","query_id":null,"document":"b"}""").Pair.ShouldNotBeNull();

        first.QueryId.ShouldBe("q-0967115f2813");
        second.QueryId.ShouldBe(first.QueryId);
    }

    [Fact]
    public void A_nul_is_part_of_the_text() => Decode("""{"id":1,"query":"a\u0000b","document":"d"}""").Pair!.Query.ShouldBe("a\0b");

    [Theory]
    [InlineData("", DeadReason.InvalidJson)]
    [InlineData("[]", DeadReason.InvalidJson)]
    [InlineData("not json", DeadReason.InvalidJson)]
    [InlineData("""{"id":1,"query":"q","document":"d"} {}""", DeadReason.InvalidJson)]
    [InlineData("""{"id":1,"query":"q","document":"d" """, DeadReason.InvalidJson)]
    [InlineData("""{"query":"q","document":"d"}""", DeadReason.MissingMember)]
    [InlineData("""{"id":1,"document":"d"}""", DeadReason.MissingMember)]
    [InlineData("""{"id":1,"query":"q"}""", DeadReason.MissingMember)]
    [InlineData("""{"id":null,"query":"q","document":"d"}""", DeadReason.WrongType)]
    [InlineData("""{"id":true,"query":"q","document":"d"}""", DeadReason.WrongType)]
    [InlineData("""{"id":1,"query":7,"document":"d"}""", DeadReason.WrongType)]
    [InlineData("""{"id":1,"query":"q","document":["d"]}""", DeadReason.WrongType)]
    [InlineData("""{"id":1,"query":"q","document":"d","rank":1.5}""", DeadReason.WrongType)]
    [InlineData("""{"id":1,"query":"\ud800","document":"d"}""", DeadReason.InvalidUtf8)]
    [InlineData("""{"id":"\udc00","query":"q","document":"d"}""", DeadReason.InvalidUtf8)]
    public void What_is_no_pair_says_why(string json, string reason)
    {
        var result = Decode(json);

        result.Reason.ShouldBe(reason);
        result.Detail.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Invalid_utf8_is_named() => PairCodec.Decode([0xFF, 0xFE]).Reason.ShouldBe(DeadReason.InvalidUtf8);

    [Fact]
    public void An_id_that_no_batch_could_hold_is_too_long() =>
        Decode($$"""{"id":"{{new string('i', PairCodec.MaxIdLength + 1)}}","query":"q","document":"d"}""").Reason.ShouldBe(DeadReason.TooLong);

    [Fact]
    public void The_message_is_json_that_others_can_read()
    {
        using var json = JsonDocument.Parse(Encode(new Pair("p", "q", "d", 3, "Query", "Döc", Truncated: true)));

        json.RootElement.GetRawText().ShouldBe(
            """{"id":"p","query_id":"q","document_id":"d","rank":3,"truncated":true,"query":"Query","document":"Döc"}""");
    }

    [Theory]
    [InlineData("[]", "The record is an array, not a JSON object.")]
    [InlineData("12", "The record is a number, not a JSON object.")]
    [InlineData("{\"id\":null}", "\"id\" must be a string or a number, not null.")]
    [InlineData("{\"query\":[\"q\"]}", "\"query\" must be a string, not an array.")]
    [InlineData("{\"query\":true}", "\"query\" must be a string, not a boolean.")]
    public void A_wrong_kind_of_value_is_named_in_words(string json, string detail) => Decode(json).Detail.ShouldBe(detail);

    private static PairDecodeResult Decode(string json) => PairCodec.Decode(Encoding.UTF8.GetBytes(json));

    private static byte[] Encode(Pair pair)
    {
        var buffer = new ArrayBufferWriter<byte>();
        PairCodec.Encode(buffer, pair);
        return buffer.WrittenSpan.ToArray();
    }
}
