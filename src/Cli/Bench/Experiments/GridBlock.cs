namespace Rerank.Cli.Bench.Experiments;

/// <summary>Points of the grid: every batch with every number of callers, or with every rate.</summary>
/// <param name="Batches">Pairs a request.</param>
/// <param name="Concurrencies">Callers of a closed loop; empty for other loads.</param>
/// <param name="Rates">Pairs/s that an open loop offers, ascending; empty for other loads.</param>
/// <param name="Requests">Of each point.</param>
internal sealed record GridBlock(IReadOnlyList<int> Batches, IReadOnlyList<int> Concurrencies, IReadOnlyList<double> Rates, int Requests);
