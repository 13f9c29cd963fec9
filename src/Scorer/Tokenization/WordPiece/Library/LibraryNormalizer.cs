using Microsoft.ML.Tokenizers;

namespace Rerank.Scorer.Tokenization.WordPiece.Library;

/// <summary>Our normalizer as the library takes it.</summary>
internal sealed class LibraryNormalizer(BertNormalizerFlags flags) : Normalizer
{
    private readonly BertNormalizer _normalizer = new(flags);

    public override string Normalize(string original) => Normalize(original.AsSpan());

    public override string Normalize(ReadOnlySpan<char> original) => _normalizer.Normalize(original, TokenizingBuffers.Mine).ToString();
}
