namespace Rerank.Shared.Contracts;

/// <summary>What an ingested job reads.</summary>
/// <param name="Name">Full path, or <c>-</c> for standard input.</param>
/// <param name="Format">Such as <c>jsonl</c>.</param>
/// <param name="Fingerprint">Changes when the content does; null where it cannot be known (standard input).</param>
public sealed record JobSource(string Name, string Format, string? Fingerprint);
