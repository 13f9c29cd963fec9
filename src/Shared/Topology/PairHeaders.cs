namespace Rerank.Shared.Topology;

/// <summary>Headers of a message on PAIRS. Other publishers send none of them.</summary>
public static class PairHeaders
{
    /// <summary>Decimal ordinal of the pair in its job; set by Ingest and by <c>dead retry</c>.</summary>
    public const string Ordinal = "Rerank-Ordinal";

    /// <summary>Decimal <see cref="Contracts.PairIdentity.Epoch"/>; set only when a published pair is retried.</summary>
    public const string Epoch = "Rerank-Epoch";
}
