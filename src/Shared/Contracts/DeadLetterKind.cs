namespace Rerank.Shared.Contracts;

public enum DeadLetterKind
{
    /// <summary>A record or pair that could not be scored.</summary>
    Letter,

    /// <summary>The ordinal was published again by <c>dead retry</c>: no longer dead until it fails again.</summary>
    Retry,
}
