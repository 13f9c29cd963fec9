using System.Diagnostics;
using System.Globalization;
using Rerank.Ingest;
using Rerank.Scorer;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Null;
using Rerank.Shared.Hosting;
using Rerank.Sink;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Overhead;

/// <summary>
/// What everything around the forward pass costs: whole jobs with <c>builtin:null</c> from a file through NATS to Parquet, once with a
/// process a stage, once with all stages in one (as <c>rerank run</c> has them).
/// </summary>
internal static class OverheadBenchmark
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    internal static async Task RunAsync(int pairs)
    {
        using var folder = TemporaryFolder.Create();
        var input = folder.File("pairs.jsonl");
        Workload.Write(input, pairs);
        Console.WriteLine($"{DeviceName.OfCpu()}, {Environment.ProcessorCount} cores, {pairs:N0} pairs, {BuiltinNull.Reference}");
        await MeasureAsync("A process a stage", pairs, input, folder.File("apart"), ["ingest", "scorer", "sink"]);
        await MeasureAsync("All stages in one process", pairs, input, folder.File("together"), ["run"]);
    }

    /// <summary>A part of the pipeline, in a process that <see cref="MeasuredProcess.Start"/> began.</summary>
    internal static Task<int> RunPartAsync(string part, string[] arguments) => part switch
    {
        "ingest" => StageHost.RunAsync(() => IngestHost.Build(arguments)),
        "scorer" => StageHost.RunAsync(() => ScorerHost.Build(arguments)),
        "sink" => StageHost.RunAsync(() => SinkHost.Build(arguments)),
        _ => Cli.CommandLine.RunAsync(["run", .. arguments]),
    };

    private static async Task MeasureAsync(string title, int pairs, string input, string output, string[] parts)
    {
        await using var server = await NatsServer.StartAsync();
        var model = ModelFolder.Open(BuiltinNull.Reference).Identity;
        var began = Stopwatch.GetTimestamp();
        var processes = parts.Select(part => MeasuredProcess.Start(part, Arguments(part, server.Url, input, output, model))).ToArray();
        MeasuredProcess[] measured =
            [.. processes.Select(process => process.Measured), new MeasuredProcess("nats-server", server.ProcessId)];

        // Ingest, and a run, end when the dataset is complete.
        using var timer = new PeriodicTimer(Interval);
        while (!processes[0].Process.HasExited)
        {
            foreach (var process in measured)
                process.Sample();
            await timer.WaitForNextTickAsync();
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (processes[0].Process.ExitCode != 0)
            throw new InvalidOperationException($"{parts[0]} ended with exit code {processes[0].Process.ExitCode}.");
        Print(title, pairs, seconds, measured);
        foreach (var (_, process) in processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static string[] Arguments(string part, string url, string input, string output, string model) => part switch
    {
        "ingest" => [$"--Nats:Url={url}", $"--Ingest:Input={input}", $"--Ingest:Model={model}"],
        "scorer" => [$"--Nats:Url={url}", $"--Scorer:Model={BuiltinNull.Reference}"],
        "sink" => [$"--Nats:Url={url}", $"--Sink:Output={output}"],
        _ => ["--nats", url, "--input", input, "--output", output, "--model", BuiltinNull.Reference, "--json"],
    };

    private static void Print(string title, int pairs, double seconds, MeasuredProcess[] processes)
    {
        Console.WriteLine($"\n{title}: {pairs / seconds:N0} pairs/s, start and end of the processes included\n");
        Console.WriteLine("| process | CPU µs a pair | MB at most | MB at most in each quarter of the run |\n|---|--:|--:|---|");
        foreach (var process in processes)
            Row(process.Name, process.CpuSeconds, $"{process.PeakMb:F0}", string.Join(", ", process.QuartersMb().Select(mb => mb.ToString("F0", CultureInfo.InvariantCulture))));
        Row("all", processes.Sum(process => process.CpuSeconds), "", "");

        void Row(string name, double cpuSeconds, string peak, string quarters) =>
            Console.WriteLine($"| {name} | {cpuSeconds * 1e6 / pairs:F1} | {peak} | {quarters} |");
    }
}
