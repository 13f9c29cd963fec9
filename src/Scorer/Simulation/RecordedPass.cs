using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>One forward pass of a simulation.</summary>
/// <param name="Lane">That ran it, from 0.</param>
/// <param name="StartedUs">Its start.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="OldestQueuedUs">When the oldest of its pairs was queued.</param>
/// <param name="OldestReceivedUs">When the scorer had that pair.</param>
/// <param name="Pass">What ran, without its pairs.</param>
/// <param name="State">What the controller had decided last; null where nothing decides.</param>
internal readonly record struct RecordedPass(
    int Lane, long StartedUs, double Milliseconds, long OldestQueuedUs, long OldestReceivedUs, PassOutline Pass, BatcherState? State)
{
    internal int Rows => Pass.Rows;

    internal int Length => Pass.Length;

    internal int TokensReal => Pass.TokensReal;

    internal int Window => Pass.Window;

    internal double PredictedMs => Pass.PredictedMs;

    internal long EndedUs => StartedUs + (long)Math.Ceiling(Milliseconds * 1_000);

    internal long TokensPadded => (long)Rows * Length;
}
