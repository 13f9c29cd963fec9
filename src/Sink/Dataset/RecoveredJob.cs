namespace Rerank.Sink.Dataset;

/// <summary>A job of the dataset at the start of an epoch.</summary>
/// <param name="Manifest">Matches the files.</param>
/// <param name="WasRebuilt">There was no manifest to be read; dead letters are in no footer, and may be missing.</param>
internal sealed record RecoveredJob(JobManifest Manifest, bool WasRebuilt);
