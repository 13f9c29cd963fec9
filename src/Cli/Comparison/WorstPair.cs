namespace Rerank.Cli.Comparison;

/// <summary>The pair whose scores differ most.</summary>
internal sealed record WorstPair(string Id, string QueryId, float A, float B);
