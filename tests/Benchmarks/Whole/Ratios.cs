namespace Rerank.Benchmarks.Whole;

/// <summary>Ratios of systems in the same round.</summary>
internal sealed class Ratios(IReadOnlyList<ContenderResult> results)
{
    /// <summary>Pairs/s of one, divided by those of the other; null where one was not measured.</summary>
    internal Spread? Of(string one, string other) => Of(one, [other]);

    /// <summary>The same, by the best of some in each round.</summary>
    internal Spread? Of(string one, string[] others)
    {
        var all = others.Select(Find).OfType<ContenderResult>().ToArray();
        return Find(one) is not { } first || all.Length == 0
            ? null
            : Spread.Of(first.Rounds.Select((round, i) => round.PairsPerSecond / all.Max(other => other.Rounds[i].PairsPerSecond)));
    }

    /// <summary>CPU time a pair of the other, divided by that of the one.</summary>
    internal Spread? OfCpu(string one, string other) => Find(one) is { } first && Find(other) is { } second
        ? Spread.Of(first.Rounds.Zip(second.Rounds, (own, others) => others.CpuMsAPair / own.CpuMsAPair))
        : null;

    private ContenderResult? Find(string key) => results.FirstOrDefault(result => result.Key == key);
}
