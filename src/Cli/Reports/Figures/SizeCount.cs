namespace Rerank.Cli.Reports.Figures;

/// <summary>How many passes had so many pairs.</summary>
internal sealed record SizeCount(int Pairs, long Passes);
