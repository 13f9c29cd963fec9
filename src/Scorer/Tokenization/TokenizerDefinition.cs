namespace Rerank.Scorer.Tokenization;

/// <summary>What a model folder says about its tokenizer.</summary>
internal sealed record TokenizerDefinition
{
    internal required ISubwordModel Model { get; init; }

    internal required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    internal required PairTemplate Template { get; init; }

    internal required int PaddingId { get; init; }

    /// <summary>One more than the highest id, added tokens included.</summary>
    internal required int VocabularySize { get; init; }
}
