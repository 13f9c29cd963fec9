using System.Diagnostics;
using Rerank.Benchmarks.Overhead;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Whole;

/// <summary>
/// The command <c>run</c> in a process of its own, a file through a nats-server to Parquet. What is measured is from the first
/// <c>started_at</c> of a forward pass to the last <c>durable_at</c> of a score: the compiling of a process that has just begun is in it.
/// </summary>
/// <param name="name">As the table has it.</param>
/// <param name="tool">The assembly that has the command <c>run</c>.</param>
/// <param name="model">Folder, or built-in model.</param>
/// <param name="workload">The pairs.</param>
/// <param name="work">A folder of its own. The cache is there too: it is warm from the second run on.</param>
internal sealed class RunSystem(
    string name, string tool, string model, WholeWorkload workload, string work) : ISystem
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private int _runs;

    public string Name => name;

    public int MostPairs => int.MaxValue;

    public async Task<Measurement> MeasureAsync(int pairs)
    {
        var output = Path.Combine(work, $"{++_runs}");
        await using var server = await NatsServer.StartAsync();
        using var process = Start(server.Url, workload.FileOf(pairs), output);
        var errors = process.StandardError.ReadToEndAsync();
        var samples = await WatchAsync(process, server.ProcessId);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"run ended with exit code {process.ExitCode}: {await errors}");

        var dataset = DatasetFigures.Read(output, job: null, Environment.ProcessorCount);
        Directory.Delete(output, recursive: true);
        return new Measurement(dataset.Seconds, samples.Between(dataset.From, dataset.Until), dataset.PaddingWaste, dataset.Scores)
        {
            Dataset = dataset,
            WholeCpuSeconds = samples.Total,
        };
    }

    private Process Start(string url, string input, string output)
    {
        // By the dotnet of PATH: the executable beside this assembly looks for .NET in the usual places only.
        var start = new ProcessStartInfo(
            "dotnet",
            [
                tool, "run", "--json",
                "--nats", url, "--input", input, "--output", output, "--model", model,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["RERANK_CACHE"] = Path.Combine(work, "cache");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task<CpuSamples> WatchAsync(Process process, int server)
    {
        var samples = new CpuSamples();
        using var timer = new PeriodicTimer(Interval);
        do
        {
            var now = TimeProvider.System.GetUtcNow();
            if (ProcessUsage.Read(process.Id) is { ResidentMb: > 0 } tool && ProcessUsage.Read(server) is { } broker)
                samples.Add(now, tool.CpuSeconds + broker.CpuSeconds);
            await timer.WaitForNextTickAsync();
        }
        while (!process.HasExited);
        await process.WaitForExitAsync();
        return samples;
    }
}
