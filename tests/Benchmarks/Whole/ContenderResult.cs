namespace Rerank.Benchmarks.Whole;

/// <summary>What a contender did.</summary>
/// <param name="Contender">Which.</param>
/// <param name="Chosen">The variant that won the trial.</param>
/// <param name="Trial">Pairs/s of each variant in the trial, the better of two turns; empty if there was nothing to choose.</param>
/// <param name="Rounds">A measurement a round.</param>
internal sealed record ContenderResult(
    Contender Contender, ISystem Chosen, IReadOnlyList<(string Name, double PairsPerSecond)> Trial, IReadOnlyList<Measurement> Rounds)
{
    internal string Key => Contender.Key;
}
