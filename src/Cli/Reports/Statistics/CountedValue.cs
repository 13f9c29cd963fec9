namespace Rerank.Cli.Reports.Statistics;

/// <summary>A reading, and how often it was read.</summary>
internal readonly record struct CountedValue(double Value, long Count);
