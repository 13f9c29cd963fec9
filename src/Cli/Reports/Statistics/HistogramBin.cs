namespace Rerank.Cli.Reports.Statistics;

/// <summary>Readings from <paramref name="From"/> up to <paramref name="To"/>.</summary>
internal sealed record HistogramBin(double From, double To, long Count);
