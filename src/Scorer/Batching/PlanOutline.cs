namespace Rerank.Scorer.Batching;

/// <summary>What a plan comes to, in milliseconds.</summary>
/// <param name="Pairs">How many were planned.</param>
/// <param name="TotalMs">All passes together.</param>
/// <param name="MakespanMs">Until the last lane is done.</param>
/// <param name="LongestMs">Longest pass.</param>
/// <param name="ShortestMs">Shortest pass.</param>
/// <param name="Lengths">Of the passes, longest first.</param>
internal sealed record PlanOutline(int Pairs, double TotalMs, double MakespanMs, double LongestMs, double ShortestMs, IReadOnlyList<int> Lengths);
