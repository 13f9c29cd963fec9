namespace Rerank.Cli.Reports.Statistics;

/// <summary>Throughput of the requests whose latency is in a range.</summary>
/// <param name="Percentiles">The range in words, such as P50-P75.</param>
/// <param name="FromMs">Lower bound, inclusive; null: none.</param>
/// <param name="ToMs">Upper bound, exclusive; null: none.</param>
/// <param name="Average">Pairs per second; so are the least and the greatest.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Count">Requests.</param>
internal sealed record LatencyBand(
    string Percentiles, double? FromMs, double? ToMs, double Average, double Min, double Max, long Count);
