namespace Rerank.Cli.Reports.Recording;

/// <summary>What was scored. Pairs per second mean nothing without it.</summary>
/// <param name="Name">Such as <c>msmarco-lengths</c>; it stands in every title.</param>
/// <param name="Description">Where the text is from.</param>
/// <param name="Lengths">Tokens a pair, ascending; empty if unknown.</param>
internal sealed record Workload(string Name, string? Description, IReadOnlyList<LengthBin> Lengths);
