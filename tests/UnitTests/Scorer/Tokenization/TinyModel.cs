using System.Text.Json.Nodes;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;

namespace Rerank.UnitTests.Scorer.Tokenization;

/// <summary>A model folder with a vocabulary small enough to be read, and its tokens as text.</summary>
internal sealed class TinyModel : IDisposable
{
    private static readonly string[] SpecialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly string[] _vocabulary;
    private PairTokenizer? _tokenizer;

    private TinyModel(string words) => _vocabulary = [.. SpecialTokens, .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    public string Folder => _folder.Path;

    public PairTokenizer Tokenizer => _tokenizer ??= PairTokenizer.Load(Folder);

    /// <summary>A folder with <c>vocab.txt</c>, and <c>tokenizer_config.json</c> where given.</summary>
    public static TinyModel FromVocabulary(string words, string? configuration = null)
    {
        var model = new TinyModel(words);
        File.WriteAllLines(model._folder.File("vocab.txt"), model._vocabulary);
        if (configuration is not null)
            File.WriteAllText(model._folder.File("tokenizer_config.json"), configuration);
        return model;
    }

    /// <summary>A folder with the <c>tokenizer.json</c> of BERT uncased after a change.</summary>
    public static TinyModel FromJson(string words, Action<JsonObject>? change = null)
    {
        var model = new TinyModel(words);
        var json = model.BertUncased();
        change?.Invoke(json);
        File.WriteAllText(model._folder.File("tokenizer.json"), json.ToJsonString());
        return model;
    }

    /// <summary>The tokens of a document, blank-separated; ids beyond the vocabulary as numbers.</summary>
    public string Document(string text)
    {
        var pair = Tokenizer.Encode("", text, 1000);
        return Text(pair.InputIds[pair.FirstDocumentToken..^1]);
    }

    /// <summary>All tokens of a pair.</summary>
    public string Pair(string query, string document, int maxLength = 1000, Truncation truncation = Truncation.LongestFirst) =>
        Text(Tokenizer.Encode(query, document, maxLength, truncation).InputIds);

    public void Dispose() => _folder.Dispose();

    private string Text(IEnumerable<int> ids) => string.Join(' ', ids.Select(id => id < _vocabulary.Length ? _vocabulary[id] : $"{id}"));

    private JsonObject BertUncased()
    {
        var ids = new JsonObject(_vocabulary.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));
        var added = SpecialTokens.Select((token, id) => (JsonNode)new JsonObject
        {
            ["id"] = id,
            ["content"] = token,
            ["single_word"] = false,
            ["lstrip"] = false,
            ["rstrip"] = false,
            ["normalized"] = false,
            ["special"] = true,
        });
        return new JsonObject
        {
            ["added_tokens"] = new JsonArray([.. added]),
            ["normalizer"] = JsonNode.Parse(
                """{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true}"""),
            ["pre_tokenizer"] = JsonNode.Parse("""{"type":"BertPreTokenizer"}"""),
            ["post_processor"] = JsonNode.Parse("""{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["max_input_chars_per_word"] = 100,
                ["vocab"] = ids,
            },
        };
    }
}
