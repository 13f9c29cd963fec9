using System.Text.Json;
using Rerank.Scorer.Models.Lexical;

namespace Rerank.Scorer.Models.Synth;

/// <summary>The tokenizer put beside a made model: copied files, or a vocabulary made by rule.</summary>
internal sealed class SynthTokenizer
{
    private static readonly string[] Copied =
        [ModelFiles.Tokenizer, ModelFiles.Vocabulary, "tokenizer_config.json", "special_tokens_map.json"];

    private readonly string? _folder;

    private SynthTokenizer(string? folder, int pieces)
    {
        _folder = folder;
        Pieces = pieces;
    }

    /// <summary>The highest id plus one.</summary>
    internal int Pieces { get; }

    internal string Source => _folder ?? "made by rule";

    internal static SynthTokenizer Made() => new(folder: null, SynthModel.DefaultVocabulary);

    /// <exception cref="ModelException">The folder holds no tokenizer, or one that cannot be read.</exception>
    internal static SynthTokenizer Of(string folder)
    {
        var json = Path.Combine(folder, ModelFiles.Tokenizer);
        var text = Path.Combine(folder, ModelFiles.Vocabulary);
        try
        {
            if (File.Exists(json))
                return new SynthTokenizer(folder, CountPieces(json));
            if (File.Exists(text))
                return new SynthTokenizer(folder, File.ReadLines(text).Count());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new ModelException($"The tokenizer {json} cannot be read: {exception.Message}", exception);
        }

        throw new ModelException($"The tokenizer folder '{folder}' has neither {ModelFiles.Tokenizer} nor {ModelFiles.Vocabulary}.");
    }

    internal void CopyTo(string folder)
    {
        if (_folder is null)
        {
            var pieces = LexicalVocabulary.Pieces.Take(Pieces);
            File.WriteAllBytes(Path.Combine(folder, ModelFiles.Vocabulary), LexicalVocabulary.ToFile(pieces));
            return;
        }

        foreach (var name in Copied.Where(name => File.Exists(Path.Combine(_folder, name))))
            File.WriteAllBytes(Path.Combine(folder, name), File.ReadAllBytes(Path.Combine(_folder, name)));
    }

    private static int CountPieces(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        var ids = root.GetProperty("model").GetProperty("vocab").EnumerateObject().Select(piece => piece.Value.GetInt32());
        if (root.TryGetProperty("added_tokens", out var added))
            ids = ids.Concat(added.EnumerateArray().Select(token => token.GetProperty("id").GetInt32()));
        return ids.Max() + 1;
    }
}
