namespace Rerank.Cli.Reports.Figures;

/// <summary>How many passes were closed for a reason.</summary>
internal sealed record ReasonCount(string Reason, long Passes);
