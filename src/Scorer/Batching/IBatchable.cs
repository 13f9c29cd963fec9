namespace Rerank.Scorer.Batching;

/// <summary>What the planner needs to know of a pair: implemented by real pairs, and by those of tests and simulations.</summary>
internal interface IBatchable
{
    /// <summary>Tokens, special tokens included.</summary>
    int Length { get; }

    /// <summary>Must be the only pair of its pass.</summary>
    bool Alone { get; }

    /// <summary>When the queue stored it, unix microseconds.</summary>
    long QueuedUs { get; }

    /// <summary>When this process got it, unix microseconds.</summary>
    long ReceivedUs { get; }
}
