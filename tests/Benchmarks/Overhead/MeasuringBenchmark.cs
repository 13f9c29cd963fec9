using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rerank.Scorer.Models.Null;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Overhead;

/// <summary>
/// What measuring costs: the same job with and without <c>/metrics</c>, in turns, so that what changes on the machine meets both; then the
/// very calls that are made for a pair, alone, because their cost is less than one job differs from the next. A short job, likewise, shows
/// what opening the port costs once, which is no cost of a pair.
/// </summary>
internal static class MeasuringBenchmark
{
    private const int FewPairs = 1000;

    internal static async Task RunAsync(int pairs, int rounds)
    {
        using var folder = TemporaryFolder.Create();
        var (many, few) = (folder.File("many.jsonl"), folder.File("few.jsonl"));
        Workload.Write(many, pairs);
        Workload.Write(few, FewPairs);
        Console.WriteLine($"{OverheadBenchmark.Header(pairs)}, all stages in one process; CPU of that process\n");
        Console.WriteLine($"| round | s without metrics | with | s without, {FewPairs:N0} pairs | with | µs a pair for metrics |\n|--:|--:|--:|--:|--:|--:|");
        var costs = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            // Each goes first as often as the other: the second one finds a warmer machine.
            var onFirst = round % 2 == 1;
            var (off, on) = await PairAsync(folder, many, onFirst);
            var (fewOff, fewOn) = await PairAsync(folder, few, onFirst);
            costs[round] = (on - off - (fewOn - fewOff)) * 1e6 / (pairs - FewPairs);
            Console.WriteLine($"| {round + 1} | {off:F2} | {on:F2} | {fewOff:F2} | {fewOn:F2} | {costs[round]:+0.0;-0.0} |");
        }

        Array.Sort(costs);
        Console.WriteLine($"\nMedian: {Median(costs):+0.0;-0.0} µs a pair, from {costs[0]:+0.0;-0.0} to {costs[^1]:+0.0;-0.0}.");
        MeasuringCalls.Run(FreePort());
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static async Task<(double Off, double On)> PairAsync(TemporaryFolder folder, string input, bool onFirst)
    {
        var first = await MeasureAsync(folder, input, onFirst);
        var second = await MeasureAsync(folder, input, !onFirst);
        return onFirst ? (second, first) : (first, second);
    }

    /// <summary>CPU seconds of a job.</summary>
    private static async Task<double> MeasureAsync(TemporaryFolder folder, string input, bool isOn)
    {
        var output = folder.File("output");
        var settings = new Dictionary<string, string>();
        if (isOn)
            settings["Telemetry__PrometheusPort"] = FreePort().ToString(CultureInfo.InvariantCulture);
        using var job = await Job.RunAsync(input, output, BuiltinNull.Reference, ["run"], settings);
        Directory.Delete(output, recursive: true);
        return job.Processes[0].Last.CpuSeconds;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
