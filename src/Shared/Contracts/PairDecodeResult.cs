namespace Rerank.Shared.Contracts;

/// <summary>A decoded pair, or why the bytes are not one: exactly one of the two is set.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Reason">A code of <see cref="DeadReason"/>.</param>
/// <param name="Detail">One sentence for a person: which member, which value, what to do.</param>
public readonly record struct PairDecodeResult(Pair? Pair, string? Reason, string? Detail)
{
    internal static PairDecodeResult Bad(string reason, string detail) => new(null, reason, detail);
}
