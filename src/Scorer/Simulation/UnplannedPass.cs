using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>A pass that nobody predicted.</summary>
internal static class UnplannedPass
{
    internal static ForwardPass<SimulatedPair> Of(List<SimulatedPair> pairs) =>
        new(pairs, pairs.Max(pair => pair.Length), pairs.Count, CloseReason.Planned, PredictedMs: 0);
}
