using System.Text.Json;
using Rerank.Benchmarks.Overhead;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Null;
using Rerank.Scorer.Simulation;
using Rerank.TestKit;

namespace Rerank.Benchmarks;

/// <summary>
/// Resident memory of a Scorer, a process of its own, while it scores a job of pairs of mixed lengths; what the same job takes with a
/// model that is nothing is the runtime's own. Linux only.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Longest = 512;
    private const int Shortest = 16;
    private const int QueryWords = 6;
    private const int SpecialTokens = 3;
    private const double Flat = 0.05;

    internal static async Task RunAsync(string folder, int pairs)
    {
        var model = ModelFolder.Open(folder);
        using var work = TemporaryFolder.Create();
        var input = work.File("pairs.jsonl");
        File.WriteAllLines(input, Lines(pairs));
        Console.WriteLine($"{model.Identity}, {pairs:N0} pairs of {Shortest} to {Longest} tokens, {Environment.ProcessorCount} cores\n");

        var own = await ScoreAsync(input, work.File("null"), BuiltinNull.Reference);
        var baseline = own.Max();
        var readings = await ScoreAsync(input, work.File("scores"), folder);
        Console.WriteLine($"Scorer with {BuiltinNull.Reference}: {baseline:F0} MB at most. With the model, in each tenth of its life:\n");
        Console.WriteLine("| tenth | MB above, median | highest moment |\n|--:|--:|--:|");
        var tenths = Enumerable.Range(0, 10).Select(tenth => Part(readings, tenth, 10).Select(mb => mb - baseline).Order().ToArray()).ToArray();
        for (var tenth = 0; tenth < tenths.Length; tenth++)
            Console.WriteLine($"| {tenth + 1} | {Median(tenths[tenth]):F0} | {tenths[tenth][^1]:F0} |");
        Console.WriteLine();
        Judge(model.Precision, pairs, tenths);
    }

    private static void Judge(string precision, int pairs, double[][] tenths)
    {
        double? limit = precision switch { "fp32" => 350, "int8" => 220, _ => null };
        var last = tenths[^1][^1];
        Console.WriteLine(limit is null
            ? $"after {pairs:N0} pairs: {last:F0} MB; there is no limit for {precision}"
            : $"after {pairs:N0} pairs: {last:F0} MB, {(last < limit ? "under" : "NOT UNDER")} the {limit} MB for {precision}");
        double early = tenths[5..7].Average(Median), late = tenths[8..].Average(Median);
        Console.WriteLine(
            $"second half: medians {early:F0} MB at its beginning, {late:F0} MB at its end ({(late / early) - 1:+0.0 %;-0.0 %}), "
            + $"{(late <= early * (1 + Flat) ? "flat" : "NOT FLAT")} within {Flat:P0}; highest moment {tenths[5..].Max(tenth => tenth[^1]):F0} MB");
    }

    /// <summary>MB that the Scorer held, every 100 ms.</summary>
    private static async Task<double[]> ScoreAsync(string input, string output, string model)
    {
        using var job = await Job.RunAsync(input, output, model, ["ingest", "scorer", "sink"], new Dictionary<string, string>());
        return [.. job.Processes.Single(process => process.Name == "scorer").ResidentMb];
    }

    private static IEnumerable<string> Lines(int pairs)
    {
        var random = new Random(1);
        for (var i = 0; i < pairs; i++)
        {
            var words = random.Next(Shortest, Longest + 1) - SpecialTokens - QueryWords;
            yield return JsonSerializer.Serialize(
                new { id = $"p{i}", query = WorkloadText.Draw(random, QueryWords), document = WorkloadText.Draw(random, words) });
        }
    }

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private static IEnumerable<double> Part(double[] all, int part, int parts) =>
        all.Skip(part * all.Length / parts).Take(Math.Max(1, all.Length / parts));
}
