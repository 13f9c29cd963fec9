namespace Rerank.Shared.Contracts;

/// <summary>Which pair of a job: what the Sink drops duplicates by.</summary>
/// <param name="Epoch">
/// 0 for an ingested job. For a published one the creation time of the PAIRS stream in unix microseconds: its sequences start
/// again when the stream is made again.
/// </param>
/// <param name="Ordinal">Record number from 0 (ingested), or stream sequence (published).</param>
public readonly record struct PairIdentity(long Epoch, long Ordinal);
