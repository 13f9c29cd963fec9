namespace Rerank.Cli.Reports.Figures;

/// <summary>Two runs side by side; null where one folder has no counterpart.</summary>
internal sealed record RunPair(RunReport? A, RunReport? B);
