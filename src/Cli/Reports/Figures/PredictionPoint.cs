namespace Rerank.Cli.Reports.Figures;

/// <summary>What a pass was expected to take, and took.</summary>
internal sealed record PredictionPoint(double PredictedMs, double ActualMs);
