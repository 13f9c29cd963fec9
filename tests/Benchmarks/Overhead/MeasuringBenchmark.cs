using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Overhead;

/// <summary>
/// What measuring costs: the same job with and without <c>/metrics</c>, in turns, so that what changes on the machine meets both; then the
/// very calls that are made for a pair, alone, because their cost is less than one job differs from the next.
/// </summary>
internal static class MeasuringBenchmark
{
    internal static async Task RunAsync(int pairs, int rounds)
    {
        using var folder = TemporaryFolder.Create();
        var input = folder.File("pairs.jsonl");
        Workload.Write(input, pairs);
        Console.WriteLine($"{OverheadBenchmark.Header(pairs)}, all stages in one process\n");
        Console.WriteLine("| round | CPU µs a pair without metrics | with | difference |\n|--:|--:|--:|--:|");
        var differences = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            // Each goes first as often as the other: the second one finds a warmer machine.
            var offFirst = round % 2 == 0;
            var first = await MeasureAsync(folder, input, pairs, isOn: !offFirst);
            var second = await MeasureAsync(folder, input, pairs, isOn: offFirst);
            var (off, on) = offFirst ? (first, second) : (second, first);
            differences[round] = on - off;
            Console.WriteLine($"| {round + 1} | {off:F1} | {on:F1} | {on - off:+0.0;-0.0} |");
        }

        Array.Sort(differences);
        Console.WriteLine($"\nMedian difference: {Median(differences):+0.0;-0.0} µs a pair, from {differences[0]:+0.0;-0.0} to {differences[^1]:+0.0;-0.0}.");
        MeasuringCalls.Run(FreePort());
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static async Task<double> MeasureAsync(TemporaryFolder folder, string input, int pairs, bool isOn)
    {
        var output = folder.File("output");
        var settings = new Dictionary<string, string>();
        if (isOn)
            settings["Telemetry__PrometheusPort"] = FreePort().ToString(CultureInfo.InvariantCulture);
        using var job = await Job.RunAsync(input, output, ["run"], settings);
        Directory.Delete(output, recursive: true);
        return job.Processes[0].Last.CpuSeconds * 1e6 / pairs;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
