using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>The measures of a pass without its pairs, of which a long simulation has too many to keep.</summary>
internal sealed record PassOutline(int Rows, int Length, int TokensReal, int Window, string CloseReason, double PredictedMs)
{
    internal static PassOutline Of(ForwardPass<SimulatedPair> pass) => new(
        pass.Pairs.Count, pass.Length, pass.Pairs.Sum(pair => pair.Length), pass.Window, pass.CloseReason, pass.PredictedMs);
}
