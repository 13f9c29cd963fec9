using Rerank.Shared.Contracts;

namespace Rerank.Ingest.Jobs;

/// <summary>All that the broker knows of a job; each part by its one writer.</summary>
/// <param name="Spec">What it is.</param>
/// <param name="Ingest">How far it has been published.</param>
/// <param name="Sink">What of it is durable; null until the Sink has seen it.</param>
/// <param name="Model">Full identity of the model that a Scorer has bound it to; null before the first.</param>
/// <param name="Lag">What is still queued; null if the job's consumer is gone.</param>
public sealed record JobStatus(JobSpec Spec, IngestState? Ingest, SinkState? Sink, string? Model, QueueLag? Lag);
