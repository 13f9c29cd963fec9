using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>One forward pass of a simulation.</summary>
internal readonly record struct RecordedPass(
    long StartedUs, double Milliseconds, int Rows, int Length, int TokensReal, int Window, double PredictedMs, BatcherState? State)
{
    internal long TokensPadded => (long)Rows * Length;
}
