namespace Rerank.Cli.Reports.Figures;

/// <summary>The cost model against the passes.</summary>
/// <param name="Passes">Passes that had a prediction.</param>
/// <param name="MeanErrorMs">Actual less predicted.</param>
/// <param name="MeanAbsoluteShare">Mean of |actual - predicted| / actual, 1 = all of it.</param>
/// <param name="Correlation">Pearson's; null where either is constant.</param>
/// <param name="Points">Some of them, picked without regard to their times.</param>
internal sealed record PredictionFigures(
    long Passes, double MeanErrorMs, double? MeanAbsoluteShare, double? Correlation, IReadOnlyList<PredictionPoint> Points);
