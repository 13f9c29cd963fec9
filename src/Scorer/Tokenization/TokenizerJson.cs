using System.Text.Json;
using Rerank.Scorer.Tokenization.Unigram;
using Rerank.Scorer.Tokenization.WordPiece;

namespace Rerank.Scorer.Tokenization;

/// <summary>Reads <c>tokenizer.json</c> of Hugging Face; what is not supported is refused by name.</summary>
internal static class TokenizerJson
{
    private const int MaxId = 10_000_000;

    internal static TokenizerDefinition Read(string path, TokenizerConfiguration configuration)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        return ModelType(root.Find("model")) switch
        {
            "WordPiece" => WordPieceJson.Read(path, root, configuration),
            "Unigram" => UnigramJson.Read(path, root, configuration),
            var other => throw Refusal(path, "model", other, "WordPiece, as BERT has it, Unigram, as XLM-RoBERTa has it"),
        };
    }

    internal static string? TypeOf(JsonElement component) => component.Find("type").AsText();

    internal static TokenizerException Refusal(string path, string member, string? found, string supported) => new(
        $"{path}: the {member} is {(found is null ? "missing" : $"'{found}'")}, which cannot be used here. Supported: {supported}. "
        + "Choose a model with a tokenizer like those of BERT or XLM-RoBERTa.");

    internal static void RequireType(string path, string member, string? found, string wanted)
    {
        if (!string.Equals(found, wanted, StringComparison.Ordinal))
            throw Refusal(path, member, found, wanted);
    }

    /// <summary>What both kinds of tokenizer have in common.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">Its content.</param>
    /// <param name="model">The tokenizer without what is around it.</param>
    /// <param name="vocabulary">The pieces that added tokens may have their id from.</param>
    /// <param name="highestId">Of the pieces.</param>
    /// <param name="paddingToken">Its usual name, or what tokenizer_config.json says.</param>
    internal static TokenizerDefinition Define(
        string path, JsonElement root, ISubwordModel model, PieceTrie vocabulary, int highestId, string paddingToken)
    {
        var added = root.Find("added_tokens").Items().Select(token => ReadAddedToken(path, token, vocabulary)).ToList();
        return new TokenizerDefinition
        {
            Model = model,
            AddedTokens = added,
            Template = PairTemplateJson.Read(path, root.Find("post_processor")),
            PaddingId = root.Find("padding").Find("pad_id").AsNumber() ?? PaddingId(path, paddingToken, vocabulary, added),
            VocabularySize = Math.Max(highestId, added.Select(token => token.Id).DefaultIfEmpty().Max()) + 1,
        };
    }

    internal static int ReadId(string path, string token, JsonElement id) => id.AsNumber() is { } number and >= 0 and <= MaxId
        ? number
        : throw new TokenizerException($"{path}: the id of '{token}' is {id.GetRawText()}, not a number from 0 to {MaxId}; get the file again.");

    // Files of before 2021 have no type; of the models then, only WordPiece had the first of these members, only Unigram the second.
    private static string? ModelType(JsonElement model)
    {
        if (TypeOf(model) is { } type)
            return type;
        if (!model.Find("max_input_chars_per_word").IsMissing())
            return "WordPiece";
        return model.Find("unk_id").IsMissing() ? null : "Unigram";
    }

    private static AddedToken ReadAddedToken(string path, JsonElement token, PieceTrie vocabulary)
    {
        var content = token.Find("content").AsText() ?? "";
        return new AddedToken(
            content,
            vocabulary.Find(content) ?? ReadId(path, content, token.Find("id")),
            token.Find("single_word").AsBoolean() ?? false,
            token.Find("lstrip").AsBoolean() ?? false,
            token.Find("rstrip").AsBoolean() ?? false,
            token.Find("normalized").AsBoolean() ?? false);
    }

    private static int PaddingId(string path, string token, PieceTrie vocabulary, List<AddedToken> added) =>
        added.Find(candidate => candidate.Content == token)?.Id
        ?? vocabulary.Find(token)
        ?? throw new TokenizerException(
            $"{path}: the padding token '{token}' is not in the vocabulary; name the right one as pad_token in tokenizer_config.json.");
}
