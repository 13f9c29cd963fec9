namespace Rerank.Cli.Reports.Recording;

/// <summary>A measurement that has no result.</summary>
internal sealed record FailureRecord(int Configuration, int Repeat, string Message);
