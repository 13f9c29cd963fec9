namespace Rerank.Scorer.Tokenization;

/// <summary>What a model folder says about its tokenizer.</summary>
internal sealed record TokenizerDefinition
{
    internal required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    internal required BertNormalizerFlags Normalizer { get; init; }

    internal required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    internal required int ClassificationId { get; init; }

    internal required int SeparatorId { get; init; }

    internal required int PaddingId { get; init; }

    internal string UnknownToken { get; init; } = "[UNK]";

    internal string ContinuingPrefix { get; init; } = "##";

    /// <summary>Code points; a longer word is unknown.</summary>
    internal int MaxWordLength { get; init; } = 100;
}
