namespace Rerank.Shared.Contracts;

/// <summary>One scored pair inside a <see cref="ScoredBatch"/>.</summary>
/// <param name="Ordinal">See <see cref="PairIdentity"/>.</param>
/// <param name="Id">The publisher's id.</param>
/// <param name="QueryId">Never empty.</param>
/// <param name="DocumentId">If there is one.</param>
/// <param name="Rank">First-stage rank, if known.</param>
/// <param name="Score">Raw logit, finite.</param>
/// <param name="Tokens">Tokens of the pair after truncation, special tokens included.</param>
/// <param name="Truncated">The document was cut to its byte limit, or the pair to the job's max length.</param>
/// <param name="Pass">Index into <see cref="ScoredBatch.Passes"/>.</param>
/// <param name="QueuedUs">JetStream timestamp of the pair, unix microseconds.</param>
/// <param name="ReceivedUs">When the Scorer received it, unix microseconds of its clock.</param>
public readonly record struct ScoredRow(
    long Ordinal,
    string Id,
    string QueryId,
    string? DocumentId,
    int? Rank,
    float Score,
    int Tokens,
    bool Truncated,
    int Pass,
    long QueuedUs,
    long ReceivedUs);
