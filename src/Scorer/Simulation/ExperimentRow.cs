namespace Rerank.Scorer.Simulation;

/// <summary>One configuration of an experiment, on both sides.</summary>
/// <param name="Batch">Pairs a request.</param>
/// <param name="Callers">Side by side, one request each.</param>
/// <param name="Fixed">As the reference does it.</param>
/// <param name="Adaptive">With the Scorer's batcher.</param>
public sealed record ExperimentRow(int Batch, int Callers, SimulationSummary Fixed, SimulationSummary Adaptive);
