using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>As the reference systems do it: each request is a pass of its own, padded to its longest pair, first come first served.</summary>
internal sealed class FixedBatches : ISimulatedPolicy
{
    private readonly Queue<SimulatedPair> _waiting = new();

    public int PullTarget => int.MaxValue;

    public int Waiting => _waiting.Count;

    public void OnArrived(SimulatedPair pair, long nowUs) => _waiting.Enqueue(pair);

    public ForwardPass<SimulatedPair>? OnLaneFree(long nowUs)
    {
        if (!_waiting.TryDequeue(out var first))
            return null;
        List<SimulatedPair> pairs = [first];
        while (_waiting.TryPeek(out var next) && next.Request == first.Request)
            pairs.Add(_waiting.Dequeue());
        return UnplannedPass.Of(pairs);
    }
}
