namespace Rerank.Scorer.Batching;

/// <summary>Why a pass has no more pairs: the <c>close_reason</c> of the batches table.</summary>
internal static class CloseReason
{
    /// <summary>The plan found it best so.</summary>
    internal const string Planned = "planned";

    /// <summary>The pairs of a class of lengths, with the oldest pair of all; other classes follow.</summary>
    internal const string Oldest = "oldest";

    /// <summary>It holds as many as a pass may.</summary>
    internal const string Memory = "memory";

    /// <summary>One pair that may not share, or the rest of a pass that failed.</summary>
    internal const string Alone = "alone";
}
