using System.Diagnostics;
using Rerank.Scorer.Models;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Overhead;

/// <summary>One whole job, from a file through a NATS server of its own to Parquet, and what its processes used.</summary>
internal sealed class Job : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private Job(IReadOnlyList<MeasuredProcess> processes, double seconds)
    {
        Processes = processes;
        Seconds = seconds;
    }

    /// <summary>The server is the last one.</summary>
    internal IReadOnlyList<MeasuredProcess> Processes { get; }

    /// <summary>From the start of the processes until the dataset is complete.</summary>
    internal double Seconds { get; }

    /// <param name="input">Pairs as JSON lines.</param>
    /// <param name="output">A folder that is not there yet.</param>
    /// <param name="model">Built-in, or a folder.</param>
    /// <param name="parts"><c>run</c>, or the stages, Ingest first.</param>
    /// <param name="environment">Settings of all parts beyond the usual ones.</param>
    /// <exception cref="InvalidOperationException">A part failed.</exception>
    internal static async Task<Job> RunAsync(string input, string output, string model, string[] parts, IReadOnlyDictionary<string, string> environment)
    {
        await using var server = await NatsServer.StartAsync();
        var identity = ModelFolder.Open(model).Identity;
        var began = Stopwatch.GetTimestamp();
        MeasuredProcess[] started =
            [.. parts.Select(part => MeasuredProcess.Start(part, Arguments(part, server.Url, input, output, model, identity), environment))];
        MeasuredProcess[] all = [.. started, MeasuredProcess.Of("nats-server", server.ProcessId)];

        // Ingest, and a run, end when the dataset is complete.
        using var timer = new PeriodicTimer(Interval);
        while (!started[0].HasEnded)
        {
            foreach (var process in all)
                process.Sample();
            await timer.WaitForNextTickAsync();
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        foreach (var process in started)
            await process.EndAsync();
        return new Job(all, seconds);
    }

    public void Dispose()
    {
        foreach (var process in Processes)
            process.Dispose();
    }

    private static string[] Arguments(string part, string url, string input, string output, string model, string identity) => part switch
    {
        "ingest" => [$"--Nats:Url={url}", $"--Ingest:Input={input}", $"--Ingest:Model={identity}"],
        "scorer" => [$"--Nats:Url={url}", $"--Scorer:Model={model}"],
        "sink" => [$"--Nats:Url={url}", $"--Sink:Output={output}"],
        _ => ["--nats", url, "--input", input, "--output", output, "--model", model, "--json"],
    };
}
