using System.Collections.Concurrent;
using System.Diagnostics;
using Rerank.Benchmarks.Variants;
using Rerank.Scorer.Gate;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Models.Synth;
using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks;

/// <summary>
/// Speed of each variant of a synthetic minilm-l6, in CPU seconds of this process, so that other work on the machine matters little, and, for
/// two callers of one session, in seconds of the clock. All variants take turns in every round; what counts is the median of their ratios to
/// the first variant of the same round.
/// </summary>
/// <param name="samples">Pairs to calibrate with.</param>
/// <param name="pairsFile">Pairs of the second workload.</param>
/// <param name="tokenizer">Folder of a tokenizer; null for one made by rule.</param>
/// <param name="rounds">Rounds.</param>
/// <param name="wanted">Names of variants; none for all.</param>
internal sealed class PrecisionBenchmark(string samples, string pairsFile, string? tokenizer, int rounds, string[] wanted)
{
    private const int ShortPairs = 40;
    private const int LongPairs = 16;
    private const int AgreementPairs = 100;
    private const int Together = 8;
    private const int Callers = 2;

    private readonly PassBuffers[] _buffers = [.. Enumerable.Range(0, Callers).Select(_ => new PassBuffers())];

    internal void Run()
    {
        var work = Directory.CreateTempSubdirectory("rerank-precision-").FullName;
        try
        {
            var plain = Path.Combine(work, "plain");
            SynthModel.Write(SynthShape.Parse("minilm-l6"), seed: 1, tokenizer, plain, samples);
            using var variants = new VariantSet(work, plain, samples, wanted);
            var special = PairTokenizer.Load(plain).Join([], [], truncated: false).InputIds;
            Console.WriteLine($"{DeviceName.OfCpu()}, {RuntimeLibrary.Description}, sessions of one thread, {rounds} rounds");
            Speed("MS MARCO's lengths", variants.All, Lengths.Pairs(ShortPairs, special));
            var pairs = CalibrationPairs.Read(pairsFile, ModelFolder.Open(plain));
            Speed(Path.GetFileName(pairsFile), variants.All, [.. pairs.Where((_, i) => i % (pairs.Length / LongPairs) == 0).Take(LongPairs)]);
            Compare(variants.All, [.. Lengths.Pairs(AgreementPairs / 2, special), .. pairs.Take(AgreementPairs / 2)]);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private void Speed(string workload, IReadOnlyList<Variant> variants, TokenizedPair[] pairs)
    {
        TokenizedPair[][] alone = [.. pairs.Select(pair => new[] { pair })];
        // By length, as a planner cuts passes.
        TokenizedPair[][] together = [.. pairs.OrderBy(pair => pair.InputIds.Length).Chunk(Together)];
        Func<Variant, double>[] ways = [variant => CpuSeconds(variant, alone), variant => CpuSeconds(variant, together), variant => WallSeconds(variant, alone)];
        foreach (var variant in variants)
            CpuSeconds(variant, together[^1..]);
        var seconds = ways.Select(_ => variants.Select(_ => new double[rounds]).ToArray()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                for (var i = 0; i < variants.Count; i++)
                    seconds[way][i][round] = ways[way](variants[i]);
            }
        }

        Console.WriteLine($"\n{workload}: {pairs.Length} pairs a round, {pairs.Average(pair => pair.InputIds.Length):F0} tokens on average\n");
        Console.WriteLine(
            $"| variant | alone: pairs per CPU second | to the first (lowest, highest) | {Together} a pass: pairs per CPU second | to the first "
            + $"| {Callers} callers, alone: pairs per second | to the first |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        for (var i = 0; i < variants.Count; i++)
        {
            var cells = seconds.Select(way => (Rate: pairs.Length / Median(way[i]), Ratios: way[0].Zip(way[i], (first, own) => first / own).ToArray())).ToArray();
            Console.WriteLine(
                $"| {variants[i].Name} | {cells[0].Rate:F1} | {Median(cells[0].Ratios):F2} ({cells[0].Ratios.Min():F2}, {cells[0].Ratios.Max():F2}) "
                + $"| {cells[1].Rate:F1} | {Median(cells[1].Ratios):F2} | {cells[2].Rate:F1} | {Median(cells[2].Ratios):F2} |");
        }
    }

    private double CpuSeconds(Variant variant, TokenizedPair[][] passes)
    {
        var before = Environment.CpuUsage.TotalTime;
        foreach (var pass in passes)
            variant.Score(pass, _buffers[0]);
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private double WallSeconds(Variant variant, TokenizedPair[][] passes)
    {
        var waiting = new ConcurrentQueue<TokenizedPair[]>(passes);
        var callers = _buffers.Select(own => new Thread(() =>
        {
            while (waiting.TryDequeue(out var pass))
                variant.Score(pass, own);
        })).ToArray();
        var started = Stopwatch.GetTimestamp();
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private void Compare(IReadOnlyList<Variant> variants, TokenizedPair[] pairs)
    {
        var first = Scores(variants[0], pairs, rows: 1);
        var deviation = Agreement.StandardDeviation(first);
        Console.WriteLine($"\n{pairs.Length} pairs, scores of the first variant: standard deviation {deviation:F2}\n");
        Console.WriteLine($"| variant | Pearson to the first | largest difference to the first | {Together} a pass against alone, part of the deviation |\n|---|--:|--:|--:|");
        foreach (var variant in variants)
        {
            var alone = Scores(variant, pairs, rows: 1);
            var together = Scores(variant, pairs, Together);
            Console.WriteLine(
                $"| {variant.Name} | {Agreement.Pearson(first, alone):F5} | {Agreement.LargestDifference(first, alone):G2} | {Agreement.LargestDifference(alone, together) / deviation:G2} |");
        }
    }

    private double[] Scores(Variant variant, TokenizedPair[] pairs, int rows) => [.. pairs.Chunk(rows).SelectMany(pass => variant.Score(pass, _buffers[0])).Select(score => (double)score)];

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
