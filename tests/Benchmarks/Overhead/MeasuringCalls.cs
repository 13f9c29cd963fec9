using System.Globalization;
using Microsoft.Extensions.Hosting;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Publishing;
using Rerank.Scorer.Pulling;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;

namespace Rerank.Benchmarks.Overhead;

/// <summary>What is measured of a pair on its way through all stages, called as the stages call it: with nobody who listens, and with <c>/metrics</c>.</summary>
internal static class MeasuringCalls
{
    private const int Rounds = 9;
    private const int Passes = 50_000;
    private const int RowsABatch = 200;

    internal static void Run(int port)
    {
        Console.WriteLine($"\nThe calls alone, median of {Rounds} rounds\n\n| pairs a pass | CPU µs a pair, nobody listens | with /metrics |\n|--:|--:|--:|");
        foreach (var pairs in new[] { 1, 4, 32 })
        {
            var off = Measure(pairs);
            using var host = StageHost.CreateBuilder([$"--Telemetry:PrometheusPort={port.ToString(CultureInfo.InvariantCulture)}"]).Build();
            host.Start();
            var on = Measure(pairs);
            host.StopAsync().GetAwaiter().GetResult();
            Console.WriteLine($"| {pairs} | {off:F3} | {on:F3} |");
        }
    }

    private static double Measure(int pairs)
    {
        var result = Result(pairs);
        var rows = Enumerable.Range(0, RowsABatch).Select(i => new ScoredRow(i, "id", "query", null, null, 0, 100, false, 0, 1, 2)).ToArray();
        var job = Instruments.OfJob("job");
        var times = new double[Rounds];
        for (var round = -1; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var pass = 0; pass < Passes / pairs; pass++)
            {
                for (var i = 0; i < pairs; i++)
                    Instruments.PublishedPairs.Add(1, job);
                PassMetrics.OnScored(result);
            }

            for (var row = 0; row < Passes; row += RowsABatch)
                PassMetrics.OnPublished(rows, [], 1_000_000);
            // The first one is for the compiler.
            if (round >= 0)
                times[round] = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / (Passes / pairs * pairs);
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }

    private static PassResult Result(int count)
    {
        const long Now = 1_790_000_000_000_000;
        var spec = new JobSpec("job", JobKind.Ingested, "default", "model", 512, Source: null, "0");
        var job = new ServedJob(spec, 0, new PullCredits(4));
        var pairs = Enumerable.Range(0, count)
            .Select(i => new ReadyPair(
                job,
                new PairIdentity(0, i),
                "id",
                "query",
                null,
                null,
                false,
                new TokenizedPair(new int[100], 10, false),
                new Delivery("", 1, (ulong)i, Now),
                false,
                Now + 10,
                Now + 20))
            .ToArray();
        var pass = new ForwardPass<ReadyPair>(pairs, 100, 256, CloseReason.Planned, 1);
        return new PassResult(pass, new PassShape(count, 100), 0, new float[count], null, Now + 30, Now + 1030, 1);
    }
}
