namespace Rerank.Scorer.Batching;

/// <summary>What a <see cref="CostModel"/> has learned, for the calibration cache.</summary>
internal sealed record CostModelState
{
    internal double FixedMs { get; init; }

    internal double TokenMs { get; init; }
}
