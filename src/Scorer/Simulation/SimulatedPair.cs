using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>A pair in virtual time.</summary>
internal sealed class SimulatedPair(SimulatedRequest request, int length) : IBatchable
{
    internal SimulatedRequest Request { get; } = request;

    public int Length { get; } = length;

    public bool Alone => false;

    public long QueuedUs => Request.QueuedUs;

    public long ReceivedUs { get; set; }
}
