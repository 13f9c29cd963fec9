namespace Rerank.Scorer.Batching;

/// <summary>What a <see cref="CostModel"/> has learned, for the calibration cache.</summary>
/// <param name="Coefficients">Of the law <c>a + b·tokens + c·tokens·length</c>, milliseconds.</param>
/// <param name="Nodes">Shapes that have been seen.</param>
internal sealed record CostModelState(IReadOnlyList<double> Coefficients, IReadOnlyList<CostNodeState> Nodes)
{
    private const int CoefficientsOfTheLaw = 3;

    // The machine may have had other work then: what is seen now soon counts for more, and what is not seen again is forgotten in a few runs.
    private const double OfAnotherRun = 0.5;
    private const double MostOfAnotherRun = 2;

    /// <summary>Whether a file that says this can be believed.</summary>
    internal bool IsSound =>
        Coefficients.Count == CoefficientsOfTheLaw
        && Coefficients.All(value => double.IsFinite(value) && value >= 0)
        && Coefficients.Any(value => value > 0)
        && Nodes.All(node => node is not null && double.IsFinite(node.Milliseconds) && node.Milliseconds > 0 && double.IsFinite(node.Weight) && node.Weight >= 0);

    /// <summary>The same, to begin another run with: as much is known of each shape, with less certainty.</summary>
    internal CostModelState Aged() => this with { Nodes = [.. Nodes.Select(node => node with { Weight = Math.Min(node.Weight * OfAnotherRun, MostOfAnotherRun) })] };
}
