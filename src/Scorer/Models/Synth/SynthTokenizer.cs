using Rerank.Scorer.Models.Lexical;
using Rerank.Scorer.Tokenization;

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

    /// <exception cref="ModelException">The folder holds no tokenizer, or one of a kind that is not supported.</exception>
    internal static SynthTokenizer Of(string folder)
    {
        try
        {
            return new SynthTokenizer(folder, PairTokenizer.Load(folder).VocabularySize);
        }
        catch (TokenizerException exception)
        {
            throw new ModelException(exception.Message, exception);
        }
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
}
