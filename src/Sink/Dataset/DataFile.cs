namespace Rerank.Sink.Dataset;

/// <summary>A Parquet file of a job.</summary>
/// <param name="Path">Relative to the output folder, with <c>/</c>.</param>
/// <param name="Bytes">Its size.</param>
public sealed record DataFile(string Path, long Bytes);
