using System.Text.Json;

namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>Reads what <c>tokenizer.json</c> says about BERT's kind of tokenizer.</summary>
internal static class WordPieceJson
{
    private const int MaxWordLength = 10_000;

    internal static TokenizerDefinition Read(string path, JsonElement root, TokenizerConfiguration configuration)
    {
        var model = root.Find("model");
        TokenizerJson.RequireType(path, "normalizer", TokenizerJson.TypeOf(root.Find("normalizer")), "BertNormalizer");
        TokenizerJson.RequireType(path, "pre_tokenizer", TokenizerJson.TypeOf(root.Find("pre_tokenizer")), "BertPreTokenizer");

        var ids = ReadVocabulary(path, model.Find("vocab"));
        var pieces = new PieceTrie(ids);
        var wordPiece = WordPieceModel.Create(
            path,
            ids,
            pieces,
            ReadNormalizer(root.Find("normalizer")),
            model.Find("unk_token").AsText() ?? "[UNK]",
            model.Find("continuing_subword_prefix").AsText() ?? "##",
            ReadMaxWordLength(path, model.Find("max_input_chars_per_word")));
        return TokenizerJson.Define(path, root, wordPiece, pieces, ids.Values.Max(), configuration.PaddingToken ?? "[PAD]");
    }

    private static Dictionary<string, int> ReadVocabulary(string path, JsonElement vocabulary)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        if (vocabulary.ValueKind == JsonValueKind.Object)
        {
            foreach (var token in vocabulary.EnumerateObject())
                ids[token.Name] = TokenizerJson.ReadId(path, token.Name, token.Value);
        }

        return ids.Count > 0 ? ids : throw new TokenizerException($"{path}: model.vocab is missing or empty; get the file again.");
    }

    private static int ReadMaxWordLength(string path, JsonElement length)
    {
        if (length.IsMissing())
            return WordPieceModel.UsualMaxWordLength;
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
}
