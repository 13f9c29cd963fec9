namespace Rerank.UnitTests.Scorer.Simulation;

/// <summary>One configuration as the reference measured it.</summary>
internal sealed record ReferenceRow(int Batch, int Callers, double PairsPerSecond);
