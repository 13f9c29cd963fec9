namespace Rerank.Scorer.Simulation;

/// <summary>One answered request of a simulation.</summary>
/// <param name="Request">From 0.</param>
/// <param name="Pairs">All of them scored.</param>
/// <param name="SentMs">Virtual time since the start.</param>
/// <param name="LatencyMs">From then to the last score.</param>
public sealed record SimulatedAnswer(int Request, int Pairs, double SentMs, double LatencyMs);
