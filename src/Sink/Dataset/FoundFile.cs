using Rerank.Sink.Parquet;

namespace Rerank.Sink.Dataset;

/// <summary>A file of the dataset that no manifest lists.</summary>
internal sealed record FoundFile(DataFile File, Footer Footer);
