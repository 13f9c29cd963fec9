namespace Rerank.Sink.Dedup;

/// <summary>Where the ordinals of one epoch begin in the dataset's ordinal column.</summary>
/// <param name="Epoch">See <see cref="Shared.Contracts.PairIdentity.Epoch"/>.</param>
/// <param name="Base">Added to the epoch's own ordinals.</param>
public sealed record EpochBase(long Epoch, long Base);
