using System.Text.Json;

namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>Reads what <c>tokenizer.json</c> says about XLM-RoBERTa's kind of tokenizer.</summary>
internal static class UnigramJson
{
    internal static TokenizerDefinition Read(string path, JsonElement root, TokenizerConfiguration configuration)
    {
        var model = root.Find("model");
        if (model.Find("byte_fallback").AsBoolean() == true)
            throw TokenizerJson.Refusal(path, "model.byte_fallback", "true", "false");

        var (pieces, scores) = ReadVocabulary(path, model.Find("vocab"));
        if (model.Find("unk_id").AsNumber() is not { } unknownId || unknownId < 0 || unknownId >= scores.Length)
            throw new TokenizerException(
                $"{path}: model.unk_id is {Raw(model.Find("unk_id"))}, not the number of one of the {scores.Length} pieces; get the file again.");

        var unigram = new UnigramModel(
            [.. ReadNormalizer(path, root.Find("normalizer"))], ReadPreTokenizer(path, root.Find("pre_tokenizer")), pieces, scores, unknownId);
        return TokenizerJson.Define(path, root, unigram, pieces, scores.Length - 1, configuration.PaddingToken ?? "<pad>");
    }

    private static (PieceTrie Pieces, double[] Scores) ReadVocabulary(string path, JsonElement vocabulary)
    {
        var pieces = new List<KeyValuePair<string, int>>();
        var scores = new List<double>();
        foreach (var entry in vocabulary.Items())
        {
            if (entry.At(0).AsText() is not { } piece || entry.At(1).AsDouble() is not { } score)
                throw new TokenizerException(
                    $"{path}: entry {scores.Count} of model.vocab is {Raw(entry)}, not a piece and its score; get the file again.");
            if (piece.Length > 0)
                pieces.Add(KeyValuePair.Create(piece, scores.Count));
            scores.Add(score);
        }

        return pieces.Count > 0
            ? (new PieceTrie(pieces), [.. scores])
            : throw new TokenizerException($"{path}: model.vocab is missing or empty; get the file again.");
    }

    private static IEnumerable<INormalizerStep> ReadNormalizer(string path, JsonElement normalizer)
    {
        if (normalizer.IsMissing())
            return [];
        return TokenizerJson.TypeOf(normalizer) switch
        {
            "Sequence" => normalizer.Find("normalizers").Items().SelectMany(step => ReadNormalizer(path, step)),
            "Precompiled" => [ReadCharacterMap(path, normalizer.Find("precompiled_charsmap"))],
            "Strip" => [new StripStep(normalizer.Find("strip_left").AsBoolean() ?? true, normalizer.Find("strip_right").AsBoolean() ?? true)],
            "Replace" => [ReadReplace(path, normalizer)],
            var other => throw TokenizerJson.Refusal(path, "normalizer", other ?? Raw(normalizer), "Precompiled, Strip, Replace and a Sequence of these"),
        };
    }

    private static CharacterMap ReadCharacterMap(string path, JsonElement table) =>
        (table.AsText() is not null && table.TryGetBytesFromBase64(out var bytes) ? CharacterMap.Read(bytes) : null)
        ?? throw new TokenizerException($"{path}: normalizer.precompiled_charsmap is no table of replacements in base64; get the file again.");

    private static INormalizerStep ReadReplace(string path, JsonElement replace)
    {
        var pattern = replace.Find("pattern");
        var content = replace.Find("content").AsText() ?? "";
        if (pattern.Find("String").AsText() is { Length: > 0 } text)
            return new ReplaceStep(text, content);
        return pattern.Find("Regex").AsText() == ReplaceBlanksStep.Pattern
            ? new ReplaceBlanksStep(content)
            : throw TokenizerJson.Refusal(
                path, "normalizer", $"Replace of {Raw(pattern)}", $"Replace of a String, or of the Regex '{ReplaceBlanksStep.Pattern}'");
    }

    private static Metaspace ReadPreTokenizer(string path, JsonElement preTokenizer)
    {
        JsonElement[] parts = TokenizerJson.TypeOf(preTokenizer) == "Sequence" ? [.. preTokenizer.Find("pretokenizers").Items()] : [preTokenizer];
        if (parts.Select(TokenizerJson.TypeOf).ToArray() is not (["Metaspace"] or ["WhitespaceSplit", "Metaspace"]))
        {
            var found = preTokenizer.IsMissing() ? null : string.Join(", ", parts.Select(part => TokenizerJson.TypeOf(part) ?? Raw(part)));
            throw TokenizerJson.Refusal(path, "pre_tokenizer", found, "Metaspace, or WhitespaceSplit and Metaspace");
        }

        var metaspace = parts[^1];
        RequireMember("replacement", metaspace.Find("replacement").AsText(), $"{Metaspace.Mark}");
        RequireMember("split", metaspace.Find("split").AsBoolean() is false ? "false" : "true", "true");
        var scheme = metaspace.Find("add_prefix_space").AsBoolean() is false ? "never" : metaspace.Find("prepend_scheme").AsText() ?? "always";
        if (scheme is not ("always" or "never"))
            throw TokenizerJson.Refusal(path, "pre_tokenizer.prepend_scheme", scheme, "always, never");
        return new Metaspace(parts.Length > 1, scheme == "always");

        void RequireMember(string name, string? found, string wanted) => TokenizerJson.RequireType(path, "pre_tokenizer." + name, found, wanted);
    }

    private static string Raw(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? "missing" : element.GetRawText();
}
