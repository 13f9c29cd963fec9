namespace Rerank.Benchmarks.Whole;

/// <summary>A trial that warms everything up and chooses between variants, then rounds in which all take turns.</summary>
internal sealed class Contest(WholeOptions options, int pairs)
{
    private const int TrialTurns = 2;

    internal async Task<IReadOnlyList<ContenderResult>> RunAsync(IReadOnlyList<Contender> contenders)
    {
        var results = new List<(ContenderResult Result, List<Measurement> Rounds)>();
        foreach (var contender in contenders.Where(contender => contender.Missing is null))
        {
            var (chosen, trial) = await ChooseAsync(contender);
            var rounds = new List<Measurement>();
            results.Add((new ContenderResult(contender, chosen, trial, rounds), rounds));
        }

        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var (result, rounds) in results)
            {
                rounds.Add(await result.Chosen.MeasureAsync(Math.Min(pairs, result.Chosen.MostPairs)));
                Console.Error.WriteLine($"round {round} of {options.Rounds}, {result.Key}: {rounds[^1].PairsPerSecond:F1} pairs/s");
            }
        }

        return [.. results.Select(both => both.Result)];
    }

    private async Task<(ISystem Chosen, IReadOnlyList<(string Name, double PairsPerSecond)> Trial)> ChooseAsync(Contender contender)
    {
        var trialPairs = Math.Min(options.TrialPairs, pairs);
        var best = new double[contender.Variants.Count];
        var turns = best.Length == 1 ? 1 : TrialTurns;
        for (var turn = 0; turn < turns; turn++)
        {
            for (var i = 0; i < best.Length; i++)
            {
                var system = contender.Variants[i];
                best[i] = Math.Max(best[i], (await system.MeasureAsync(Math.Min(trialPairs, system.MostPairs))).PairsPerSecond);
                Console.Error.WriteLine($"trial, {contender.Key}, {system.Name}: {best[i]:F1} pairs/s");
            }
        }

        var chosen = contender.Variants[Array.IndexOf(best, best.Max())];
        return (chosen, turns == 1 ? [] : [.. contender.Variants.Select((system, i) => (system.Name, best[i]))]);
    }
}
