using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Calibrating;

/// <summary>A file of the calibration cache.</summary>
/// <param name="Key">What it is for.</param>
/// <param name="SavedAt">By then.</param>
/// <param name="Costs">What was learned.</param>
internal sealed record CalibrationRecord(CalibrationKey Key, DateTimeOffset SavedAt, CostModelState Costs);
