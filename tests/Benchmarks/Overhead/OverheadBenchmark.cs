using System.Globalization;
using Rerank.Ingest;
using Rerank.Scorer;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models.Null;
using Rerank.Shared.Hosting;
using Rerank.Sink;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Overhead;

/// <summary>
/// What everything around the forward pass costs: whole jobs with <c>builtin:null</c>, once with a process a stage, once with all stages
/// in one (as <c>rerank run</c> has them).
/// </summary>
internal static class OverheadBenchmark
{
    private static readonly Dictionary<string, string> NoSettings = [];

    internal static async Task RunAsync(int pairs)
    {
        using var folder = TemporaryFolder.Create();
        var input = folder.File("pairs.jsonl");
        Workload.Write(input, pairs);
        Console.WriteLine(Header(pairs));
        using (var apart = await Job.RunAsync(input, folder.File("apart"), BuiltinNull.Reference, ["ingest", "scorer", "sink"], NoSettings))
            Print("A process a stage", pairs, apart);
        using (var together = await Job.RunAsync(input, folder.File("together"), BuiltinNull.Reference, ["run"], NoSettings))
            Print("All stages in one process", pairs, together);
    }

    internal static string Header(int pairs) =>
        $"{DeviceName.OfCpu()}, {Environment.ProcessorCount} cores, {pairs:N0} pairs, {BuiltinNull.Reference}";

    /// <summary>A part of the pipeline, in a process that <see cref="MeasuredProcess.Start"/> began.</summary>
    internal static async Task<int> RunPartAsync(string part, string[] arguments)
    {
        var exitCode = await (part switch
        {
            "ingest" => StageHost.RunAsync(() => IngestHost.Build(arguments)),
            "scorer" => StageHost.RunAsync(() => ScorerHost.Build(arguments)),
            "sink" => StageHost.RunAsync(() => SinkHost.Build(arguments)),
            _ => Cli.CommandLine.RunAsync(["run", .. arguments]),
        });
        Console.WriteLine(RuntimeUsage.OfThisProcess().ToLine());
        return exitCode;
    }

    private static void Print(string title, int pairs, Job job)
    {
        Console.WriteLine($"\n{title}: {pairs / job.Seconds:N0} pairs/s, start and end of the processes included\n");
        Console.WriteLine("| process | CPU µs a pair | of it in the kernel | in garbage collections | bytes allocated a pair | MB at most | MB at most in each tenth of the run |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|---|");
        foreach (var process in job.Processes)
        {
            var tenths = string.Join(", ", process.TenthsMb().Select(mb => mb.ToString("F0", CultureInfo.InvariantCulture)));
            var collections = process.Runtime is { } runtime ? $"{runtime.PauseMs * 1e3 / pairs:F1} | {runtime.AllocatedBytes / pairs:N0}" : " | ";
            Console.WriteLine(
                $"| {process.Name} | {process.Last.CpuSeconds * 1e6 / pairs:F1} | {process.Last.SystemSeconds * 1e6 / pairs:F1} | {collections} | "
                + $"{process.PeakMb:F0} | {tenths} |");
        }

        Console.WriteLine($"| all | {job.Processes.Sum(process => process.Last.CpuSeconds) * 1e6 / pairs:F1} | | | | | |");
    }
}
