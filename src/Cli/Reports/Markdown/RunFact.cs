namespace Rerank.Cli.Reports.Markdown;

/// <summary>Something that must be known to compare a run with another.</summary>
internal sealed record RunFact(string Name, string Value);
