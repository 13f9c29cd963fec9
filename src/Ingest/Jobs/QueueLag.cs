namespace Rerank.Ingest.Jobs;

/// <summary>What a job still has on PAIRS.</summary>
/// <param name="Pending">Pairs that no Scorer has been given yet.</param>
/// <param name="AckPending">Pairs that Scorers hold.</param>
public readonly record struct QueueLag(long Pending, long AckPending);
