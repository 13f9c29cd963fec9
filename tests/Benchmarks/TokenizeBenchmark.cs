using System.Text.Json;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks;

/// <summary>Speed of a tokenizer on one thread, in CPU seconds of this process, and what it allocates beyond its results.</summary>
internal static class TokenizeBenchmark
{
    private const int Rounds = 9;
    private const int TokensARound = 1_000_000;
    private const int MaxLength = 512;

    internal static void Run(string model, string pairsFile)
    {
        var tokenizer = PairTokenizer.Load(Directory.Exists(model) ? model : ModelFolder.Open(model).TokenizerFolder);
        var pairs = File.ReadLines(pairsFile).Where(line => line.Length > 0).Select(ReadPair).ToArray();
        // The first passes are compiled anew while they run.
        var results = pairs.Select(pair => Encode(tokenizer, pair)).ToArray();
        var tokens = results.Sum(result => (long)result.InputIds.Length);
        var passes = (int)Math.Max(1, TokensARound / tokens);
        Measure(passes);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => passes * tokens / Measure(passes) / 1e6).Order().ToArray();

        // Kept, so that none of it can live on the stack.
        var copies = new TokenizedPair[results.Length];
        var resultBytes = Allocated(() =>
        {
            for (var i = 0; i < results.Length; i++)
                copies[i] = results[i] with { InputIds = [.. results[i].InputIds] };
        });
        GC.KeepAlive(copies);
        var beyond = Allocated(() => Array.ForEach(pairs, pair => Encode(tokenizer, pair))) - resultBytes;
        Console.WriteLine(
            $"""
            {DeviceName.OfCpu()}, one thread, {pairs.Length:N0} pairs of {(double)tokens / pairs.Length:F0} tokens, {Rounds} rounds
            million tokens a CPU second   median {rounds[Rounds / 2]:F2}, least {rounds[0]:F2}, most {rounds[^1]:F2}
            pairs a CPU second            median {rounds[Rounds / 2] * 1e6 * pairs.Length / tokens:N0}
            bytes allocated a pair        {(double)resultBytes / pairs.Length:F0} for the result, {(double)beyond / pairs.Length:F1} beyond it
            """);

        double Measure(int count)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var pass = 0; pass < count; pass++)
            {
                foreach (var pair in pairs)
                    Encode(tokenizer, pair);
            }

            return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }
    }

    private static TokenizedPair Encode(PairTokenizer tokenizer, (string Query, string Document) pair) =>
        tokenizer.Encode(pair.Query, pair.Document, MaxLength);

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (string Query, string Document) ReadPair(string line)
    {
        using var json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("query").GetString()!, json.RootElement.GetProperty("document").GetString()!);
    }
}
