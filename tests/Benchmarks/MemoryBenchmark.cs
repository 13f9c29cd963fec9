using System.Collections.Concurrent;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks;

/// <summary>
/// Resident memory of this process while it scores pairs of mixed lengths as a Scorer does: one session, the real planner, a thread a lane.
/// Linux only.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Window = 256;
    private const int TokenBudget = 512;
    private const int Longest = 512;
    private const int Shortest = 16;
    private const int Tenths = 10;
    private const double Flat = 0.05;
    private const int FirstWord = 999;
    private const int Words = 20_000;

    internal static void Run(string folder, int pairs, int lanes)
    {
        var model = ModelFolder.Open(folder);
        var special = PairTokenizer.Load(model.TokenizerFolder).Encode("", "", maxLength: 3).InputIds;
        Microsoft.ML.OnnxRuntime.OrtEnv.Instance();
        var baseline = Resident();
        Console.WriteLine($"{model.Identity}, {pairs:N0} pairs of {Shortest} to {Longest} tokens, {lanes} lanes");
        Console.WriteLine($"process with tokenizer and runtime, no session: {baseline:F0} MB");

        var before = Environment.CpuUsage.TotalTime;
        using var encoder = CrossEncoder.LoadForCpu(model, padTokenId: 0);
        Console.WriteLine($"session loaded in {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F1} CPU s: {Resident() - baseline:F0} MB above that\n");
        Console.WriteLine("| pairs | MB above, median of the tenth | highest moment in it | managed MB |\n|--:|--:|--:|--:|");

        before = Environment.CpuUsage.TotalTime;
        var buffers = Enumerable.Range(0, lanes).Select(_ => new PassBuffers()).ToArray();
        var bounds = new BatcherOptions { MaxPassTokens = TokenBudget, OneRowAPass = model.NeedsPassesOfOneRow };
        var planner = new PassPlanner(bounds, new CostModel().Predict);
        var random = new Random(1);
        var tenths = new List<Tenth>();
        for (var done = 0; done < pairs;)
        {
            ForgetHighest();
            var readings = new List<double>();
            do
            {
                var window = Enumerable.Range(0, Math.Min(Window, pairs - done)).Select(_ => new Row(Pair(random, special))).ToArray();
                Score(encoder, planner, window, buffers);
                done += window.Length;
                readings.Add(Resident() - baseline);
            }
            while (done < pairs && (long)done * Tenths < pairs * (tenths.Count + 1L));

            tenths.Add(new Tenth(readings.Order().ElementAt(readings.Count / 2), Status("VmHWM") - baseline));
            Console.WriteLine($"| {done:N0} | {tenths[^1].Median:F0} | {tenths[^1].Highest:F0} | {GC.GetTotalMemory(false) / 1048576.0:F0} |");
        }

        Console.WriteLine();
        Judge(model.Precision, pairs, tenths, Resident() - baseline);
        Console.WriteLine($"{pairs / (Environment.CpuUsage.TotalTime - before).TotalSeconds:F1} pairs per CPU second");
    }

    private static void Judge(string precision, int pairs, List<Tenth> tenths, double last)
    {
        double? limit = precision switch { "fp32" => 350, "int8" => 220, _ => null };
        Console.WriteLine(limit is null
            ? $"after {pairs:N0} pairs: {last:F0} MB; there is no limit for {precision}"
            : $"after {pairs:N0} pairs: {last:F0} MB, {(last < limit ? "under" : "NOT UNDER")} the {limit} MB for {precision}");
        if (tenths.Count < Tenths)
            return;
        var half = tenths.Skip(tenths.Count / 2).ToArray();
        double early = half.Take(2).Average(tenth => tenth.Median), late = half.TakeLast(2).Average(tenth => tenth.Median);
        Console.WriteLine(
            $"second half: medians {early:F0} MB at its beginning, {late:F0} MB at its end ({(late / early) - 1:+0.0 %;-0.0 %}), "
            + $"{(late <= early * (1 + Flat) ? "flat" : "NOT FLAT")} within {Flat:P0}; highest moment {half.Max(tenth => tenth.Highest):F0} MB");
    }

    // Linux then keeps the highest from here on.
    private static void ForgetHighest() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static void Score(CrossEncoder encoder, PassPlanner planner, Row[] window, PassBuffers[] buffers)
    {
        var passes = new ConcurrentQueue<ForwardPass<Row>>(planner.Plan(window).Passes);
        var lanes = buffers.Select(own => new Thread(() =>
        {
            while (passes.TryDequeue(out var pass))
                encoder.Run([.. pass.Pairs.Select(row => row.Tokens)], pass.Length, own);
        })).ToArray();
        foreach (var lane in lanes)
            lane.Start();
        foreach (var lane in lanes)
            lane.Join();
    }

    private static TokenizedPair Pair(Random random, int[] special)
    {
        var length = random.Next(Shortest, Longest + 1);
        var ids = Enumerable.Range(0, length).Select(_ => FirstWord + random.Next(Words)).ToArray();
        (ids[0], ids[9], ids[^1]) = (special[0], special[1], special[2]);
        return new TokenizedPair(ids, 10, Truncated: false);
    }

    private static double Resident() => Status("VmRSS");

    private static double Status(string name) =>
        double.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':', 'k')[1].Trim()) / 1024;

    private sealed record Row(TokenizedPair Tokens) : IBatchable
    {
        public int Length => Tokens.InputIds.Length;

        public bool Alone => false;

        public long QueuedUs => 0;

        public long ReceivedUs => 0;
    }

    /// <summary>A tenth of the run, MB above the baseline: between two windows, and at the highest moment of all.</summary>
    private sealed record Tenth(double Median, double Highest);
}
