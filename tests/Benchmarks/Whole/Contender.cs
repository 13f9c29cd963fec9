namespace Rerank.Benchmarks.Whole;

/// <summary>A row of the comparison: one system, or the best of several ways to set it up.</summary>
/// <param name="Key">As <c>--only</c> names it.</param>
/// <param name="Title">What it is.</param>
/// <param name="Variants">At least one, unless it is missing.</param>
/// <param name="Missing">Why it cannot be measured here; null if it can.</param>
internal sealed record Contender(string Key, string Title, IReadOnlyList<ISystem> Variants, string? Missing = null);
