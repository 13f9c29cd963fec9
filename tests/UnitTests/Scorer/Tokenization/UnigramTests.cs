using System.Text.Json.Nodes;
using Rerank.Scorer.Tokenization;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Tokenization;

public sealed class UnigramTests
{
    private const string Pieces = "▁:-3 ▁ab:-6 a:-5 b:-5 c:-5 bc:-6 abc:-20 ▁a:-4.5";

    [Theory]
    [InlineData("ab", "▁ab")]
    [InlineData("abc", "▁a bc")]
    [InlineData("a b", "▁a ▁ b")]
    [InlineData(" \t a\u3000\n", "▁a")]
    [InlineData("axb", "▁a <unk> b")]
    [InlineData("axyzb", "▁a <unk> b")]
    [InlineData("x", "▁ <unk>")]
    [InlineData("\U0001F600", "▁ <unk>")]
    [InlineData("a\u2581b", "▁a ▁ b")]
    [InlineData("", "")]
    [InlineData("a <mask>b", "▁a <mask> ▁ b")]
    [InlineData("a</s>b", "▁a </s> ▁ b")]
    public void A_word_is_cut_into_its_most_probable_pieces(string text, string tokens)
    {
        using var model = TinyUnigram.Of(Pieces);

        model.Document(text).ShouldBe(tokens);
    }

    [Fact]
    public void A_pair_has_two_separators_one_type_and_its_own_padding()
    {
        using var model = TinyUnigram.Of(Pieces);

        model.Pair("a", "b").ShouldBe("<s> ▁a </s> </s> ▁ b </s>");
        model.Pair("a a a", "a a a a", maxLength: 8).ShouldBe("<s> ▁a ▁a </s> </s> ▁a ▁a </s>");
        var pair = model.Tokenizer.Encode("a", "b", 10);
        pair.DocumentType.ShouldBe(0);
        pair.FirstDocumentToken.ShouldBe(4);
        model.Tokenizer.PadTokenId.ShouldBe(1);
        model.Tokenizer.VocabularySize.ShouldBe(13);
        Should.Throw<TokenizerException>(() => model.Pair("", "", maxLength: 3)).Message.ShouldContain("the 4 special tokens of a pair");
    }

    [Fact]
    public void Of_equal_pieces_the_last_counts()
    {
        using var model = TinyUnigram.Of("▁:-3 a:-1 a:-2");

        model.Tokenizer.Encode("", "a", 10).InputIds.ShouldBe([0, 2, 2, 4, 6, 2]);
    }

    [Fact]
    public void Metaspace_alone_leaves_white_space_that_is_no_blank()
    {
        using var always = TinyUnigram.Of(Pieces, json => json["pre_tokenizer"] = Metaspace());
        using var never = TinyUnigram.Of(Pieces, json => json["pre_tokenizer"] = Metaspace("never"));

        always.Document("a  b\tc ").ShouldBe("▁a ▁ ▁ b <unk> c ▁");
        never.Document("a b").ShouldBe("a ▁ b");
    }

    [Fact]
    public void A_table_of_replacements_is_looked_up_by_graphemes_of_less_than_six_bytes_then_by_code_points()
    {
        using var model = TinyUnigram.Of("▁:-3 a:-5 b:-5 c:-5 é:-5 \u0301:-5", json => json["normalizer"] = TinyUnigram.Precompiled(
            ("e\u0301", "é"), ("\uFF41", "a"), ("\uFB01", "bc"), ("\u0001", ""), ("\U0001D41A", "a"), ("a\u0301\u0301\u0301", "c")));

        model.Document("e\u0301").ShouldBe("▁ é");
        model.Document("\uFF41\u0001\uFB01").ShouldBe("▁ a b c");
        model.Document("\U0001D41Ab").ShouldBe("▁ a b");
        // The shortest key that a grapheme begins with replaces all of it.
        model.Document("\uFF41\u0301").ShouldBe("▁ a");
        model.Document("a\u0301\u0301\u0301").ShouldBe("▁ a \u0301 \u0301 \u0301");
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_the_replacement_character()
    {
        using var model = TinyUnigram.Of("▁:-3 \uFFFD:-5 a:-5");

        // Not in InlineData: test names cannot hold them.
        model.Document("\uD800a\uDC00").ShouldBe("▁ \uFFFD a \uFFFD");
    }

    [Fact]
    public void Normalizers_run_one_after_the_other()
    {
        using var model = TinyUnigram.Of("▁:-3 a:-5 b:-5 x:-5 -:-5", json =>
        {
            json["pre_tokenizer"] = Metaspace();
            json["normalizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["normalizers"] = new JsonArray(
                    TinyUnigram.Precompiled(("\t", " ")),
                    JsonNode.Parse("""{"type":"Strip","strip_left":true,"strip_right":true}"""),
                    JsonNode.Parse("""{"type":"Replace","pattern":{"Regex":" {2,}"},"content":"-"}"""),
                    JsonNode.Parse("""{"type":"Replace","pattern":{"String":"ab"},"content":"x"}""")),
            };
        });

        model.Document(" ab a\t b   abab ").ShouldBe("▁ x ▁ a - b - x x");
    }

    [Fact]
    public void Added_tokens_take_the_white_space_that_they_want()
    {
        using var model = TinyUnigram.Of("▁:-3 a:-5", json =>
        {
            json["pre_tokenizer"] = Metaspace();
            json["added_tokens"]![3]!["rstrip"] = true;
        });

        model.Document("a  <mask>  <unk>  <mask>a").ShouldBe("▁ a <mask> ▁ ▁ <unk> <mask> ▁ a");
    }

    [Theory]
    [InlineData("normalizer", """{"type":"NFKC"}""", "the normalizer is 'NFKC'")]
    [InlineData("normalizer", """{"type":"Sequence","normalizers":[{"type":"Lowercase"}]}""", "the normalizer is 'Lowercase'")]
    [InlineData("normalizer", """{"type":"Replace","pattern":{"Regex":"\\s"},"content":" "}""", "Replace of {\"Regex\":\"\\\\s\"}'")]
    [InlineData("normalizer", """{"type":"Precompiled","precompiled_charsmap":"AAAA"}""", "precompiled_charsmap is no table")]
    [InlineData("normalizer", """{"type":"Precompiled","precompiled_charsmap":null}""", "precompiled_charsmap is no table")]
    [InlineData("pre_tokenizer", """{"type":"Whitespace"}""", "the pre_tokenizer is 'Whitespace'")]
    [InlineData("pre_tokenizer", null, "the pre_tokenizer is missing")]
    [InlineData("pre_tokenizer", """{"type":"Metaspace","replacement":"_"}""", "the pre_tokenizer.replacement is '_'")]
    [InlineData("pre_tokenizer", """{"type":"Metaspace","replacement":"▁","split":false}""", "the pre_tokenizer.split is 'false'")]
    [InlineData("pre_tokenizer", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first"}""", "the pre_tokenizer.prepend_scheme is 'first'")]
    [InlineData("post_processor", """{"type":"ByteLevel"}""", "the post_processor is 'ByteLevel'")]
    [InlineData("model", """{"type":"Unigram","unk_id":0,"vocab":[["a",0]],"byte_fallback":true}""", "the model.byte_fallback is 'true'")]
    [InlineData("model", """{"type":"Unigram","unk_id":null,"vocab":[["a",0]]}""", "model.unk_id is null")]
    [InlineData("model", """{"type":"Unigram","unk_id":0,"vocab":[["a"]]}""", "entry 0 of model.vocab is [\"a\"]")]
    [InlineData("model", """{"type":"Unigram","unk_id":0,"vocab":[]}""", "model.vocab is missing or empty")]
    public void What_is_not_supported_is_refused_naming_it(string member, string? found, string message)
    {
        using var model = TinyUnigram.Of(Pieces, json => json[member] = found is null ? null : JsonNode.Parse(found));

        Should.Throw<TokenizerException>(() => PairTokenizer.Load(model.Folder)).Message.ShouldContain(message);
    }

    private static JsonObject Metaspace(string scheme = "always") =>
        new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = scheme };
}
