using Rerank.Ingest.Sources;

namespace Rerank.Ingest.Publishing;

/// <summary>How far a source has been read, and how many of the records before that were not pairs.</summary>
internal readonly record struct SourceProgress(SourcePosition Position, long Bad);
