using Rerank.Scorer.Tokenization.WordPiece;

namespace Rerank.Scorer.Tokenization;

/// <summary>What a model folder says about its tokenizer.</summary>
internal sealed record TokenizerDefinition
{
    internal required ISubwordModel Model { get; init; }

    /// <summary>What the model was made from where it is WordPiece, else null.</summary>
    internal WordPieceSettings? WordPiece { get; init; }

    internal required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    internal required PairTemplate Template { get; init; }

    internal required int PaddingId { get; init; }

    /// <summary>One more than the highest id, added tokens included.</summary>
    internal required int VocabularySize { get; init; }
}
