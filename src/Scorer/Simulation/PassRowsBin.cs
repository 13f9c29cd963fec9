namespace Rerank.Scorer.Simulation;

/// <summary>Passes of a range of sizes.</summary>
/// <param name="From">Fewest pairs a pass.</param>
/// <param name="To">Most pairs a pass.</param>
/// <param name="Passes">How many there were.</param>
public sealed record PassRowsBin(int From, int To, int Passes);
