using System.Text.Json.Nodes;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Tokenization;

public sealed class PairTokenizerLoadTests
{
    [Theory]
    [InlineData(true, null, "cafe")]
    [InlineData(true, false, "caf\u00E9")]
    [InlineData(false, null, "Caf\u00E9")]
    [InlineData(false, true, "Cafe")]
    public void Accents_follow_lowercase_unless_strip_accents_says_otherwise(bool lowercase, bool? stripAccents, string token)
    {
        using var model = TinyModel.FromJson("cafe caf\u00E9 Caf\u00E9 Cafe", json =>
        {
            json["normalizer"]!["lowercase"] = lowercase;
            json["normalizer"]!["strip_accents"] = stripAccents;
        });

        model.Document("Caf\u00E9").ShouldBe(token);
    }

    [Theory]
    [InlineData(null, "cafe")]
    [InlineData("""{"do_lower_case":true}""", "cafe")]
    [InlineData("""{"do_lower_case":false}""", "Caf\u00E9")]
    [InlineData("""{"do_lower_case":true,"strip_accents":false}""", "caf\u00E9")]
    public void The_configuration_beside_a_vocabulary_is_honoured(string? configuration, string token)
    {
        using var model = TinyModel.FromVocabulary("cafe caf\u00E9 Caf\u00E9", configuration);

        model.Document("Caf\u00E9").ShouldBe(token);
    }

    [Fact]
    public void Ideographs_stay_together_where_the_normalizer_says_so()
    {
        using var model = TinyModel.FromJson("中 文 ##文", json => json["normalizer"]!["handle_chinese_chars"] = false);

        model.Document("中文").ShouldBe("中 ##文");
    }

    [Fact]
    public void Dotted_capital_i_keeps_its_dot_where_accents_stay()
    {
        using var model = TinyModel.FromJson("i\u0307 i", json => json["normalizer"]!["strip_accents"] = false);

        model.Document("\u0130").ShouldBe("i\u0307");
    }

    [Fact]
    public void Prefix_unknown_token_and_word_length_come_from_the_model()
    {
        using var model = TinyModel.FromJson("<unk> play @@ing", json =>
        {
            json["model"]!["unk_token"] = "<unk>";
            json["model"]!["continuing_subword_prefix"] = "@@";
            json["model"]!["max_input_chars_per_word"] = 7;
        });

        model.Document("playing playinging x").ShouldBe("play @@ing <unk> <unk>");
    }

    [Fact]
    public void Added_tokens_are_found_in_the_raw_or_in_the_normalized_text()
    {
        using var model = TinyModel.FromJson("a b [ ] q", json =>
        {
            AddToken(json, "[Q]", 50, normalized: false);
            AddToken(json, "Z\u00E9", 51, normalized: true);
            AddToken(json, "[Q] [Q]", 52, normalized: false);
        });

        model.Document("a[Q]b [q]").ShouldBe("a 50 b [ q ]");
        model.Document("a\u017D\u00C9b ze").ShouldBe("a 51 b 51");
        model.Document("[Q] [Q][Q]").ShouldBe("52 50");
        model.Tokenizer.VocabularySize.ShouldBe(53);
    }

    [Fact]
    public void An_added_single_word_is_not_found_inside_a_word()
    {
        using var model = TinyModel.FromJson("x ##x - ##q", json => AddToken(json, "qq", 50, normalized: false, singleWord: true));

        model.Document("qq-qq x").ShouldBe("50 - 50 x");
        model.Document("xqq").ShouldBe("x ##q ##q");
    }

    [Fact]
    public void A_template_is_read_like_BERT_processing()
    {
        using var model = TinyModel.FromJson("<s> </s> a b", json => json["post_processor"] = Template("<s>", "</s>", secondType: 1));

        model.Pair("a", "b").ShouldBe("<s> a </s> b </s>");
    }

    [Fact]
    public void A_model_of_before_types_were_written_is_read()
    {
        using var model = TinyModel.FromJson("a", json => json["model"]!.AsObject().Remove("type"));

        model.Document("a b").ShouldBe("a [UNK]");
    }

    [Fact]
    public void Ids_need_not_be_dense_nor_tokens_free_of_line_ends()
    {
        using var model = TinyModel.FromJson("a b", json => json["model"]!["vocab"] = JsonNode.Parse(
            """{"[PAD]":0,"[UNK]":9,"[CLS]":2,"[SEP]":3,"[MASK]":4,"a":5,"b":6,"x\ny":1}"""));

        model.Tokenizer.Encode("a", "x b", 10).InputIds.ShouldBe([2, 5, 3, 9, 6, 3]);
        model.Tokenizer.VocabularySize.ShouldBe(10);
    }

    [Fact]
    public void The_padding_id_is_the_one_that_the_folder_names()
    {
        using var plain = TinyModel.FromJson("a");
        using var padding = TinyModel.FromJson("a", json => json["padding"] = new JsonObject { ["pad_id"] = 4 });
        using var configured = TinyModel.FromJson("<pad>");
        File.WriteAllText(Path.Combine(configured.Folder, "tokenizer_config.json"), """{"pad_token":{"content":"<pad>"}}""");

        plain.Tokenizer.PadTokenId.ShouldBe(0);
        padding.Tokenizer.PadTokenId.ShouldBe(4);
        configured.Tokenizer.PadTokenId.ShouldBe(5);
    }

    [Theory]
    [InlineData("model", """{"type":"BPE","vocab":{"a":0},"merges":[]}""", "the model is 'BPE'")]
    [InlineData("model", """{"type":"WordLevel","vocab":{"a":0}}""", "the model is 'WordLevel'")]
    [InlineData("model", null, "the model is missing")]
    [InlineData("normalizer", """{"type":"Sequence","normalizers":[]}""", "the normalizer is 'Sequence'")]
    [InlineData("normalizer", null, "the normalizer is missing")]
    [InlineData("pre_tokenizer", """{"type":"Whitespace"}""", "the pre_tokenizer is 'Whitespace'")]
    [InlineData("post_processor", """{"type":"RobertaProcessing"}""", "the post_processor is 'RobertaProcessing'")]
    [InlineData("post_processor", null, "the post_processor is missing")]
    public void Another_kind_of_tokenizer_is_refused_naming_what_it_is(string component, string? found, string message)
    {
        using var model = TinyModel.FromJson("a", json => json[component] = found is null ? null : JsonNode.Parse(found));

        var refusal = Should.Throw<TokenizerException>(() => PairTokenizer.Load(model.Folder)).Message;

        refusal.ShouldContain(message);
        refusal.ShouldContain("which cannot be used here. Supported: ");
    }

    [Fact]
    public void Type_ids_are_those_of_the_template()
    {
        using var one = TinyModel.FromJson("<s> </s>", json => json["post_processor"] = Template("<s>", "</s>", secondType: 0));
        using var two = TinyModel.FromJson("<s> </s>", json => json["post_processor"] = Template("<s>", "</s>", secondType: 1));

        one.Tokenizer.Encode("", "", 10).DocumentType.ShouldBe(0);
        two.Tokenizer.Encode("", "", 10).DocumentType.ShouldBe(1);
    }

    [Theory]
    [InlineData("B", 0, "TemplateProcessing of <s> B </s> B </s>")]
    [InlineData("A", 1, "TemplateProcessing of <s> A:1 </s> B </s>")]
    public void A_template_that_is_none_of_a_pair_is_refused_showing_it(string first, int firstType, string shown)
    {
        using var model = TinyModel.FromJson("<s> </s>", json =>
        {
            var template = Template("<s>", "</s>", secondType: 0);
            template["pair"]![1]!["Sequence"] = new JsonObject { ["id"] = first, ["type_id"] = firstType };
            json["post_processor"] = template;
        });

        Should.Throw<TokenizerException>(() => PairTokenizer.Load(model.Folder)).Message.ShouldContain($"the post_processor is '{shown}'");
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_refused_naming_what_is_wanted()
    {
        using var folder = TemporaryFolder.Create();

        Should.Throw<TokenizerException>(() => PairTokenizer.Load(folder.Path)).Message.ShouldBe(
            $"The model folder '{folder.Path}' has no tokenizer: put the model's tokenizer.json or its vocab.txt there.");
        Should.Throw<TokenizerException>(() => PairTokenizer.Load(folder.File("absent"))).Message.ShouldEndWith("does not exist.");
    }

    [Theory]
    [InlineData("tokenizer.json", "{", "cannot be read")]
    [InlineData("tokenizer.json", "[]", "the model is missing")]
    [InlineData("vocab.txt", "", "the token [CLS] is missing")]
    [InlineData("vocab.txt", "[CLS]\n[SEP]\n[PAD]", "has no '[UNK]' in its vocabulary")]
    public void Broken_files_are_refused_with_the_reason(string file, string content, string message)
    {
        using var folder = TemporaryFolder.Create();
        File.WriteAllText(folder.File(file), content);

        Should.Throw<TokenizerException>(() => PairTokenizer.Load(folder.Path)).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("vocab", """{"a":-1}""", "the id of 'a' is -1")]
    [InlineData("vocab", """{"a":"0"}""", "the id of 'a' is \"0\"")]
    [InlineData("vocab", "{}", "model.vocab is missing or empty")]
    [InlineData("max_input_chars_per_word", "0", "model.max_input_chars_per_word is 0")]
    public void A_figure_out_of_range_is_refused_naming_it(string member, string value, string message)
    {
        using var model = TinyModel.FromJson("a", json => json["model"]![member] = JsonNode.Parse(value));

        Should.Throw<TokenizerException>(() => PairTokenizer.Load(model.Folder)).Message.ShouldContain(message);
    }

    private static void AddToken(JsonObject json, string content, int id, bool normalized, bool singleWord = false) =>
        json["added_tokens"]!.AsArray().Add((JsonNode)new JsonObject
        {
            ["id"] = id,
            ["content"] = content,
            ["single_word"] = singleWord,
            ["normalized"] = normalized,
            ["special"] = false,
        });

    private static JsonObject Template(string start, string end, int secondType)
    {
        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["pair"] = new JsonArray(
                Piece("SpecialToken", start, 0), Piece("Sequence", "A", 0), Piece("SpecialToken", end, 0),
                Piece("Sequence", "B", secondType), Piece("SpecialToken", end, secondType)),
            ["special_tokens"] = new JsonObject
            {
                [start] = new JsonObject { ["ids"] = new JsonArray(5) },
                [end] = new JsonObject { ["ids"] = new JsonArray(6) },
            },
        };

        static JsonNode Piece(string kind, string id, int type) => new JsonObject { [kind] = new JsonObject { ["id"] = id, ["type_id"] = type } };
    }
}
