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
    private const int Readings = 20;
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
        Console.WriteLine("| pairs | MB above | managed MB | highest so far |\n|--:|--:|--:|--:|");

        before = Environment.CpuUsage.TotalTime;
        var buffers = Enumerable.Range(0, lanes).Select(_ => new PassBuffers()).ToArray();
        var bounds = new BatcherOptions { MaxPassTokens = TokenBudget, OneRowAPass = model.NeedsPassesOfOneRow };
        var planner = new PassPlanner(bounds, new CostModel().Predict);
        var random = new Random(1);
        var readings = new List<double>();
        for (var done = 0; done < pairs;)
        {
            var window = Enumerable.Range(0, Math.Min(Window, pairs - done)).Select(_ => new Row(Pair(random, special))).ToArray();
            Score(encoder, planner, window, buffers);
            done += window.Length;
            readings.Add(Resident() - baseline);
            if (done * Readings / pairs != (done - window.Length) * Readings / pairs)
                Console.WriteLine($"| {done:N0} | {readings[^1]:F0} | {GC.GetTotalMemory(false) / 1048576.0:F0} | {Status("VmHWM") - baseline:F0} |");
        }

        var half = readings.Skip(readings.Count / 2).ToArray();
        Console.WriteLine(
            $"\nsecond half: lowest {half.Min():F0}, median {half.Order().ElementAt(half.Length / 2):F0}, highest {half.Max():F0} MB; "
            + $"first quarter of it {half.Take((half.Length + 3) / 4).Average():F0}, last quarter {half.TakeLast((half.Length + 3) / 4).Average():F0} on average");
        Console.WriteLine($"{pairs / (Environment.CpuUsage.TotalTime - before).TotalSeconds:F1} pairs per CPU second");
    }

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
}
