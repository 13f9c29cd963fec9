using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Models.Synth;
using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks;

/// <summary>
/// Speed of each variant of a synthetic minilm-l6 in CPU seconds of this process, so that other work on the machine matters little. All
/// variants take turns in every round; what counts is the median of their ratios to the plain model of the same round.
/// </summary>
internal static class PrecisionBenchmark
{
    private const int Rounds = 7;
    private const int ShortPairs = 40;
    private const int LongPairs = 12;
    private const int AgreementPairs = 100;
    private const int Together = 8;

    internal static void Run(string samples, string pairsFile, string? tokenizer)
    {
        var work = Directory.CreateTempSubdirectory("rerank-precision-").FullName;
        try
        {
            var plain = Path.Combine(work, "plain");
            SynthModel.Write(SynthShape.Parse("minilm-l6"), seed: 1, tokenizer, plain, samples);
            using var variants = new VariantSet(work, plain, samples);
            var special = PairTokenizer.Load(plain).Join([], [], truncated: false).InputIds;
            Console.WriteLine($"{DeviceName.OfCpu()}, one thread, one pair a pass, {Rounds} rounds");
            Speed($"MS MARCO-like lengths, {ShortPairs} pairs a round", variants.All, Lengths.Pairs(ShortPairs, special));
            var pairs = CalibrationPairs.Read(pairsFile, ModelFolder.Open(plain));
            Speed(
                $"{Path.GetFileName(pairsFile)}, mean {pairs.Average(pair => pair.InputIds.Length):F0} tokens, {LongPairs} pairs a round",
                variants.All,
                [.. pairs.Where((_, i) => i % (pairs.Length / LongPairs) == 0).Take(LongPairs)]);
            Agreement(variants.All, Lengths.Pairs(AgreementPairs / 2, special), [.. pairs.Take(AgreementPairs / 2)]);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Speed(string workload, IReadOnlyList<Variant> variants, TokenizedPair[] pairs)
    {
        var seconds = variants.Select(_ => new double[Rounds]).ToArray();
        foreach (var variant in variants)
            variant.Score(pairs[0]);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < variants.Count; i++)
            {
                var before = Environment.CpuUsage.TotalTime;
                foreach (var pair in pairs)
                    variants[i].Score(pair);
                seconds[i][round] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            }
        }

        Console.WriteLine($"\n{workload}\n\n| variant | pairs per CPU second | to plain |\n|---|--:|--:|");
        for (var i = 0; i < variants.Count; i++)
        {
            var ratio = Median(seconds[0].Zip(seconds[i], (plain, own) => plain / own));
            Console.WriteLine($"| {variants[i].Name} | {pairs.Length / Median(seconds[i]):F1} | {ratio:F2} |");
        }
    }

    private static void Agreement(IReadOnlyList<Variant> variants, params TokenizedPair[][] workloads)
    {
        TokenizedPair[] pairs = [.. workloads.SelectMany(workload => workload)];
        var plain = pairs.Select(variants[0].Score).ToArray();
        var deviation = Math.Sqrt(plain.Average(score => Math.Pow(score - plain.Average(), 2)));
        Console.WriteLine($"\n{pairs.Length} pairs, scores of the plain model: standard deviation {deviation:F2}\n");
        Console.WriteLine($"| variant | Pearson to plain | largest difference to plain | {Together} a pass against alone, part of the deviation |\n|---|--:|--:|--:|");
        foreach (var variant in variants)
        {
            var alone = pairs.Select(variant.Score).ToArray();
            var together = pairs.Chunk(Together).SelectMany(variant.ScoreTogether).ToArray();
            Console.WriteLine(
                $"| {variant.Name} | {Pearson(plain, alone):F5} | {Largest(plain, alone):G2} | {Largest(alone, together) / deviation:G2} |");
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static double Largest(float[] left, float[] right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max();

    private static double Pearson(float[] left, float[] right)
    {
        double leftMean = left.Average(), rightMean = right.Average();
        return left.Zip(right, (a, b) => (a - leftMean) * (b - rightMean)).Sum()
            / Math.Sqrt(left.Sum(a => Math.Pow(a - leftMean, 2)) * right.Sum(b => Math.Pow(b - rightMean, 2)));
    }
}
