using System.Text.Json;

namespace Rerank.Scorer.Tokenization;

/// <summary>Reads <c>tokenizer.json</c> of Hugging Face; what is not BERT's is refused by name.</summary>
internal static class TokenizerJson
{
    private const int MaxId = 10_000_000;
    private const int MaxWordLength = 10_000;

    internal static TokenizerDefinition Read(string path, TokenizerConfiguration configuration)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        var model = root.Find("model");
        RequireType(path, "model", ModelType(model), "WordPiece");
        RequireType(path, "normalizer", TypeOf(root.Find("normalizer")), "BertNormalizer");
        RequireType(path, "pre_tokenizer", TypeOf(root.Find("pre_tokenizer")), "BertPreTokenizer");

        var vocabulary = ReadVocabulary(path, model.Find("vocab"));
        var added = root.Find("added_tokens").Items().Select(token => ReadAddedToken(path, token, vocabulary)).ToList();
        var (classification, separator) = PairTemplate.Read(path, root.Find("post_processor"));
        return new TokenizerDefinition
        {
            Vocabulary = vocabulary,
            Normalizer = ReadNormalizer(root.Find("normalizer")),
            AddedTokens = added,
            ClassificationId = classification,
            SeparatorId = separator,
            PaddingId = root.Find("padding").Find("pad_id").AsNumber() ?? PaddingId(path, configuration, vocabulary, added),
            UnknownToken = model.Find("unk_token").AsText() ?? "[UNK]",
            ContinuingPrefix = model.Find("continuing_subword_prefix").AsText() ?? "##",
            MaxWordLength = ReadMaxWordLength(path, model.Find("max_input_chars_per_word")),
        };
    }

    internal static string? TypeOf(JsonElement component) => component.Find("type").AsText();

    internal static TokenizerException Refusal(string path, string component, string? found, string wanted) => new(
        $"{path}: the {component} is {(found is null ? "missing" : $"'{found}'")}, but only BERT's WordPiece tokenizers can be used ({wanted}). "
        + "Choose a model with a BERT tokenizer.");

    private static void RequireType(string path, string component, string? found, string wanted)
    {
        if (!string.Equals(found, wanted, StringComparison.Ordinal))
            throw Refusal(path, component, found, wanted);
    }

    // Files of before 2021 have no type; of the models then, only WordPiece had this member.
    private static string? ModelType(JsonElement model) =>
        TypeOf(model) ?? (model.Find("max_input_chars_per_word").IsMissing() ? null : "WordPiece");

    private static Dictionary<string, int> ReadVocabulary(string path, JsonElement vocabulary)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        if (vocabulary.ValueKind == JsonValueKind.Object)
        {
            foreach (var token in vocabulary.EnumerateObject())
                ids[token.Name] = ReadId(path, token.Name, token.Value);
        }

        return ids.Count > 0 ? ids : throw new TokenizerException($"{path}: model.vocab is missing or empty; get the file again.");
    }

    private static int ReadId(string path, string token, JsonElement id) => id.AsNumber() is { } number and >= 0 and <= MaxId
        ? number
        : throw new TokenizerException($"{path}: the id of '{token}' is {id.GetRawText()}, not a number from 0 to {MaxId}; get the file again.");

    private static int ReadMaxWordLength(string path, JsonElement length)
    {
        if (length.IsMissing())
            return 100;
        return length.AsNumber() is { } number and > 0 and <= MaxWordLength
            ? number
            : throw new TokenizerException(
                $"{path}: model.max_input_chars_per_word is {length.GetRawText()}, not a number from 1 to {MaxWordLength}; get the file again.");
    }

    private static BertNormalizerFlags ReadNormalizer(JsonElement normalizer) => new(
        normalizer.Find("clean_text").AsBoolean() ?? true,
        normalizer.Find("handle_chinese_chars").AsBoolean() ?? true,
        normalizer.Find("strip_accents").AsBoolean(),
        normalizer.Find("lowercase").AsBoolean() ?? true);

    // lstrip and rstrip are not read: they only take white space, which BERT's pre-tokenizer takes anyway.
    private static AddedToken ReadAddedToken(string path, JsonElement token, Dictionary<string, int> vocabulary)
    {
        var content = token.Find("content").AsText() ?? "";
        return new AddedToken(
            content,
            vocabulary.TryGetValue(content, out var id) ? id : ReadId(path, content, token.Find("id")),
            token.Find("single_word").AsBoolean() ?? false,
            token.Find("normalized").AsBoolean() ?? false);
    }

    private static int PaddingId(
        string path, TokenizerConfiguration configuration, Dictionary<string, int> vocabulary, List<AddedToken> added)
    {
        var padding = configuration.PaddingToken ?? "[PAD]";
        return added.Find(token => token.Content == padding)?.Id
            ?? (vocabulary.TryGetValue(padding, out var id) ? id : null as int?)
            ?? throw new TokenizerException(
                $"{path}: the padding token '{padding}' is not in the vocabulary; name the right one as pad_token in tokenizer_config.json.");
    }
}
