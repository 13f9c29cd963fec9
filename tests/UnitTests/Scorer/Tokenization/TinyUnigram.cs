using System.Text.Json.Nodes;
using Rerank.Scorer.Tokenization;
using Rerank.TestKit;

namespace Rerank.UnitTests.Scorer.Tokenization;

/// <summary>A model folder with a <c>tokenizer.json</c> like XLM-RoBERTa's, with few pieces, and its tokens as text.</summary>
internal sealed class TinyUnigram : IDisposable
{
    private static readonly string[] SpecialTokens = ["<s>", "<pad>", "</s>", "<unk>"];

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly string[] _vocabulary;
    private PairTokenizer? _tokenizer;

    private TinyUnigram(IEnumerable<string> pieces) => _vocabulary = [.. SpecialTokens, .. pieces, "<mask>"];

    public string Folder => _folder.Path;

    public PairTokenizer Tokenizer => _tokenizer ??= PairTokenizer.Load(Folder);

    /// <summary>A folder with the tokenizer after a change.</summary>
    /// <param name="pieces">Such as <c>▁a:-1 b:-2.5</c>.</param>
    /// <param name="change">To the JSON.</param>
    public static TinyUnigram Of(string pieces, Action<JsonObject>? change = null)
    {
        var scored = pieces.Split(' ').Select(piece => piece.Split(':')).ToArray();
        var model = new TinyUnigram(scored.Select(piece => piece[0]));
        var json = model.XlmRoberta([.. scored.Select(piece => double.Parse(piece[1], System.Globalization.CultureInfo.InvariantCulture))]);
        change?.Invoke(json);
        File.WriteAllText(model._folder.File("tokenizer.json"), json.ToJsonString());
        return model;
    }

    /// <summary>A normalizer that replaces texts.</summary>
    public static JsonObject Precompiled(params (string Key, string Replacement)[] replacements) => new()
    {
        ["type"] = "Precompiled",
        ["precompiled_charsmap"] = CharacterMapTable.Build(replacements.ToDictionary(pair => pair.Key, pair => pair.Replacement)),
    };

    /// <summary>The tokens of a document, blank-separated.</summary>
    public string Document(string text)
    {
        var pair = Tokenizer.Encode("", text, 1000);
        return Text(pair.InputIds[pair.FirstDocumentToken..^1]);
    }

    /// <summary>All tokens of a pair.</summary>
    public string Pair(string query, string document, int maxLength = 1000) => Text(Tokenizer.Encode(query, document, maxLength).InputIds);

    public void Dispose() => _folder.Dispose();

    private string Text(IEnumerable<int> ids) => string.Join(' ', ids.Select(id => _vocabulary[id]));

    private JsonObject XlmRoberta(double[] scores)
    {
        var entries = _vocabulary.Select((token, id) =>
            (JsonNode)new JsonArray(token, id - SpecialTokens.Length is var piece && piece >= 0 && piece < scores.Length ? scores[piece] : 0.0));
        string[] special = [.. SpecialTokens, "<mask>"];
        return new JsonObject
        {
            ["added_tokens"] = new JsonArray([.. special.Select(token => (JsonNode)new JsonObject
            {
                ["id"] = Array.IndexOf(_vocabulary, token),
                ["content"] = token,
                ["single_word"] = false,
                ["lstrip"] = token == "<mask>",
                ["rstrip"] = false,
                ["normalized"] = false,
                ["special"] = true,
            })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse(
                """{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"Metaspace","replacement":"▁","add_prefix_space":true}]}"""),
            ["post_processor"] = JsonNode.Parse("""{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0]}"""),
            ["model"] = new JsonObject { ["type"] = "Unigram", ["unk_id"] = 3, ["vocab"] = new JsonArray([.. entries]) },
        };
    }
}
