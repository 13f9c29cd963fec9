namespace Rerank.Scorer.Batching;

/// <summary>What a <see cref="CostModel"/> has learned, for the calibration cache.</summary>
/// <param name="Coefficients">Of the law <c>a + b·tokens + c·tokens·length</c>, milliseconds.</param>
/// <param name="Nodes">Shapes that have been seen.</param>
internal sealed record CostModelState(IReadOnlyList<double> Coefficients, IReadOnlyList<CostNodeState> Nodes);
