using Rerank.Scorer.Tokenization;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Tokenization;

public sealed class PairTokenizerTests
{
    private const string Words = "play ##ing ##s cafe naive 中 文 a b c d e f g h [ ] cls $ 100 . don ' t";

    [Theory]
    [InlineData("Playing  PLAYS", "play ##ing play ##s")]
    [InlineData("caf\u00E9 na\u00EFve", "cafe naive")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("a中文b", "a 中 文 b")]
    [InlineData("$100.", "$ 100 .")]
    [InlineData("don't", "don ' t")]
    [InlineData("a\tb\r\nc\u00A0d\u3000e\u2028f", "a b c d e f")]
    [InlineData("pl\u0000ay\u0007 p\u200Bl\u00ADa\uFEFFy", "play play")]
    [InlineData("pl\uE000ay\uFFFD", "play")]
    [InlineData("playx", "[UNK]")]
    [InlineData("a \U0001F600 b", "a [UNK] b")]
    [InlineData(" \t ", "")]
    public void A_text_becomes_the_pieces_of_BERT_uncased(string text, string tokens)
    {
        using var fromText = TinyModel.FromVocabulary(Words);
        using var fromJson = TinyModel.FromJson(Words);

        fromText.Document(text).ShouldBe(tokens);
        fromJson.Document(text).ShouldBe(tokens);
    }

    [Theory]
    [InlineData("a[SEP]b", "a [SEP] b")]
    [InlineData("[MASK][MASK]", "[MASK] [MASK]")]
    [InlineData("[cls]", "[ cls ]")]
    [InlineData("[C\u0000LS]", "[ cls ]")]
    public void A_special_token_in_the_text_is_itself_only_when_spelled_exactly(string text, string tokens)
    {
        using var model = TinyModel.FromVocabulary(Words);

        model.Document(text).ShouldBe(tokens);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_taken_out_like_the_replacement_character()
    {
        using var model = TinyModel.FromVocabulary(Words);

        // Not in InlineData: test names cannot hold them.
        model.Document("pl\uD800ay").ShouldBe("play");
        model.Document("\uDC00\uD800 a\uDFFF").ShouldBe("a");
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_the_replacement_character_where_text_is_not_cleaned()
    {
        using var model = TinyModel.FromJson("\uFFFD ##\uFFFD a", json => json["normalizer"]!["clean_text"] = false);

        model.Document("\uD800\uFFFD \uDC00").ShouldBe("\uFFFD ##\uFFFD \uFFFD");
    }

    [Fact]
    public void A_word_is_unknown_beyond_its_greatest_length_in_code_points()
    {
        using var model = TinyModel.FromJson("x ##x \U00010400 ##\U00010400", json => json["normalizer"]!["lowercase"] = false);

        model.Document(new string('x', 100)).Split(' ').Length.ShouldBe(100);
        model.Document(new string('x', 101)).ShouldBe("[UNK]");
        model.Document(string.Concat(Enumerable.Repeat("\U00010400", 100))).Split(' ').Length.ShouldBe(100);
        model.Document(string.Concat(Enumerable.Repeat("\U00010400", 101))).ShouldBe("[UNK]");
    }

    [Theory]
    [InlineData("", "", "[CLS] [SEP] [SEP]", 2)]
    [InlineData("a b", "", "[CLS] a b [SEP] [SEP]", 4)]
    [InlineData("", "a b", "[CLS] [SEP] a b [SEP]", 2)]
    [InlineData("a", "b", "[CLS] a [SEP] b [SEP]", 3)]
    public void A_pair_is_framed_by_special_tokens_and_knows_where_its_document_begins(string query, string document, string tokens, int first)
    {
        using var model = TinyModel.FromVocabulary(Words);

        model.Pair(query, document).ShouldBe(tokens);

        var pair = model.Tokenizer.Encode(query, document, 512);
        pair.FirstDocumentToken.ShouldBe(first);
        pair.Truncated.ShouldBeFalse();
    }

    [Theory]
    [InlineData("a b", "c d e f g h", 9, "[CLS] a b [SEP] c d e f [SEP]")]
    [InlineData("a b c d e f", "g h", 9, "[CLS] a b c d [SEP] g h [SEP]")]
    [InlineData("a b c d", "e f g h", 9, "[CLS] a b c [SEP] e f g [SEP]")]
    [InlineData("a b c d", "e f g h", 8, "[CLS] a b [SEP] e f g [SEP]")]
    [InlineData("a b c d e", "f g h a", 8, "[CLS] a b c [SEP] f g [SEP]")]
    [InlineData("playings", "playings", 6, "[CLS] play [SEP] play ##ing [SEP]")]
    [InlineData("a", "b", 3, "[CLS] [SEP] [SEP]")]
    public void Longest_first_takes_from_the_longer_side_then_from_both(string query, string document, int maxLength, string tokens)
    {
        using var model = TinyModel.FromVocabulary(Words);

        model.Pair(query, document, maxLength).ShouldBe(tokens);
        model.Tokenizer.Encode(query, document, maxLength).Truncated.ShouldBeTrue();
    }

    [Fact]
    public void Longest_first_compares_the_sides_after_each_was_cut_at_the_whole_word_that_fills_it()
    {
        using var model = TinyModel.FromVocabulary("w ##x a");

        // Both are longer than 8: the query's words end at 9 tokens, the document's at 8, so the query counts as the longer one.
        model.Pair("wxx wxx wxx wxx", "a a a a a a a a a a a a a a a", 8).ShouldBe("[CLS] w ##x ##x [SEP] a a [SEP]");
    }

    [Fact]
    public void Only_second_keeps_the_whole_query()
    {
        using var model = TinyModel.FromVocabulary(Words);

        model.Pair("a b c d", "e f g h", 9, Truncation.OnlySecond).ShouldBe("[CLS] a b c d [SEP] e f [SEP]");
        model.Pair("a b c d", "e f g h", 8, Truncation.OnlySecond).ShouldBe("[CLS] a b c d [SEP] e [SEP]");
    }

    [Fact]
    public void Only_second_refuses_a_query_that_leaves_no_room()
    {
        using var model = TinyModel.FromVocabulary(Words);

        Should.Throw<TokenizerException>(() => model.Pair("a b c d", "e", 7, Truncation.OnlySecond))
            .Message.ShouldBe("The query's 4 tokens leave no room for the document within 7; raise the maximum length or use longest_first.");
    }

    [Fact]
    public void A_length_below_the_special_tokens_is_refused()
    {
        using var model = TinyModel.FromVocabulary(Words);

        Should.Throw<TokenizerException>(() => model.Pair("a", "b", 2)).Message.ShouldContain("maximum length 2");
    }

    [Fact]
    public void Many_threads_get_what_one_gets()
    {
        using var model = TinyModel.FromVocabulary(Words);
        var texts = Enumerable.Range(0, 200).Select(n => string.Concat(Enumerable.Repeat("playing caf\u00E9 中 [SEP] ", n % 7))).ToArray();
        var expected = texts.Select(model.Document).ToArray();

        var actual = texts.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(model.Document).ToArray();

        actual.ShouldBe(expected);
    }
}
