using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>What forms the passes of a simulation: our own batcher, or one of the ways of the reference systems.</summary>
internal interface ISimulatedPolicy
{
    /// <summary>Pairs that should be with the scorer and not yet in a pass.</summary>
    int PullTarget { get; }

    /// <summary>Pairs that are with the scorer and in no pass.</summary>
    int Waiting { get; }

    /// <summary>The moment at which a pass may be due although nothing else happens; null for those that never wait.</summary>
    long? DueUs => null;

    /// <summary>What the controller has decided last; null where nothing decides.</summary>
    BatcherState? State => null;

    void OnArrived(SimulatedPair pair, long nowUs);

    /// <summary>The next pass for a free lane; null if it has to stay free.</summary>
    ForwardPass<SimulatedPair>? OnLaneFree(long nowUs);

    void OnPassDone(ForwardPass<SimulatedPair> pass, double inferenceMs, long nowUs)
    {
    }

    void OnScored(SimulatedPair pair, long nowUs)
    {
    }
}
