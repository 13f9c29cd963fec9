using System.Text;
using System.Text.Json.Nodes;
using Rerank.TestKit;

namespace Rerank.ParityTests.Scorer.Tokenization;

/// <summary>Tokenizers whose vocabularies hold most code points as pieces, so that a difference in a normalizer shows in the ids.</summary>
internal static class FuzzTokenizers
{
    public static readonly string[] BertSpecials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
    public static readonly string[] RobertaSpecials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

    private static readonly string[] Longer =
        ["th", "the", "he", "ing", "play", "aff", "able", "un", "rank", "re", "er", "ra", "中文", "日本", "한국", "рус", "ский", "na", "ve", "Stra", "ab", "abc", "bc", "10", "12", "..."];

    /// <summary>BERT's, of a Model type such as <c>cased</c>.</summary>
    public static JsonObject WordPiece(bool lowercase, bool? stripAccents, bool separateIdeographs, bool cleanText)
    {
        string[] pieces = [.. BertSpecials, .. CodePoints(11), .. CodePoints(13).Select(piece => "##" + piece), .. Longer, .. Longer.Select(piece => "##" + piece)];
        var vocabulary = new JsonObject();
        foreach (var piece in pieces)
            vocabulary.TryAdd(piece, vocabulary.Count);
        return Tokenizer(
            new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["max_input_chars_per_word"] = 100,
                ["vocab"] = vocabulary,
            },
            BertSpecials,
            new JsonObject
            {
                ["type"] = "BertNormalizer",
                ["clean_text"] = cleanText,
                ["handle_chinese_chars"] = separateIdeographs,
                ["strip_accents"] = stripAccents,
                ["lowercase"] = lowercase,
            },
            JsonNode.Parse("""{"type":"BertPreTokenizer"}"""),
            JsonNode.Parse("""{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}"""));
    }

    /// <summary>XLM-RoBERTa's as bge-reranker-base and mMiniLM have it.</summary>
    public static JsonObject XlmRoberta() => Unigram(Precompiled(), JsonNode.Parse(
        """
        {"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"Metaspace","replacement":"▁","add_prefix_space":true}]}
        """)!);

    /// <summary>The same as later converters write it.</summary>
    public static JsonObject XlmRobertaOfLaterConverters() => Unigram(
        new JsonObject
        {
            ["type"] = "Sequence",
            ["normalizers"] = new JsonArray(
                Precompiled(),
                JsonNode.Parse("""{"type":"Strip","strip_left":false,"strip_right":true}"""),
                JsonNode.Parse("""{"type":"Replace","pattern":{"Regex":" {2,}"},"content":"▁"}""")),
        },
        JsonNode.Parse("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""")!);

    private static JsonObject Precompiled() => new()
    {
        ["type"] = "Precompiled",
        ["precompiled_charsmap"] = CharacterMapTable.Build(CharacterMapTable.NfkcReplacements()),
    };

    private static JsonObject Unigram(JsonNode normalizer, JsonNode preTokenizer)
    {
        var random = new Random(1);
        string[] pieces = ["▁", .. CodePoints(11), .. CodePoints(61).Select(piece => "▁" + piece), .. Longer, .. Longer.Select(piece => "▁" + piece)];
        var vocabulary = new JsonArray([.. RobertaSpecials[..4].Select(token => Entry(token, 0)), .. pieces.Distinct().Select(piece =>
            Entry(piece, Math.Round(-2 - (4 * random.NextDouble()) - (8.0 / piece.Length), 3)))]);
        vocabulary.Add(Entry("<mask>", 0));
        return Tokenizer(
            new JsonObject { ["type"] = "Unigram", ["unk_id"] = 3, ["vocab"] = vocabulary, ["byte_fallback"] = false },
            RobertaSpecials,
            normalizer,
            preTokenizer,
            JsonNode.Parse(
                """
                {"type":"TemplateProcessing",
                 "single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
                 "pair":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}},
                   {"SpecialToken":{"id":"</s>","type_id":0}},{"Sequence":{"id":"B","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
                 "special_tokens":{"<s>":{"id":"<s>","ids":[0],"tokens":["<s>"]},"</s>":{"id":"</s>","ids":[2],"tokens":["</s>"]}}}
                """));

        static JsonNode Entry(string piece, double score) => new JsonArray(piece, score);
    }

    private static JsonObject Tokenizer(JsonObject model, string[] specials, JsonNode normalizer, JsonNode? preTokenizer, JsonNode? postProcessor)
    {
        var ids = model["vocab"] is JsonObject vocabulary
            ? specials.Select(token => vocabulary[token]!.GetValue<int>()).ToArray()
            : [.. specials.Select(token => model["vocab"]!.AsArray().Select(entry => entry![0]!.GetValue<string>()).ToList().IndexOf(token))];
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. specials.Select((token, i) => (JsonNode)new JsonObject
            {
                ["id"] = ids[i],
                ["content"] = token,
                ["single_word"] = false,
                ["lstrip"] = token is "<mask>",
                ["rstrip"] = false,
                ["normalized"] = false,
                ["special"] = true,
            })]),
            ["normalizer"] = normalizer,
            ["pre_tokenizer"] = preTokenizer,
            ["post_processor"] = postProcessor,
            ["decoder"] = null,
            ["model"] = model,
        };
    }

    /// <summary>One in so many is left out, to be unknown.</summary>
    private static IEnumerable<string> CodePoints(int leftOut) => Enumerable.Range(1, 0x1FFFF)
        .Where(value => Rune.IsValid(value) && value % leftOut != 0)
        .Select(value => new Rune(value).ToString());
}
