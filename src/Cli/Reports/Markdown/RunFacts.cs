using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>What was measured, on what, and how. What is not known is <c>-</c>.</summary>
internal static class RunFacts
{
    internal static IReadOnlyList<RunFact> Of(RunReport report)
    {
        var run = report.Run;
        return
        [
            new("Model", run.Model),
            new("Backend", run.Backend),
            new("Device", $"{run.Device}, {Word(run.DeviceKind)}"),
            new("Precision", run.Precision ?? Figure.Missing),
            new("Dynamic batching", run.DynamicBatching switch
            {
                null => Figure.Missing,
                { Enabled: false } => "off",
                { } dynamic => $"on{Wording.DynamicOn(dynamic)}",
            }),
            new("Load", run.Load switch
            {
                LoadShape.Closed => "closed loop",
                LoadShape.Open => "open loop, Poisson",
                LoadShape.Backlog => "backlog",
                _ => Figure.Missing,
            }),
            new("Latency is that of", report.LatencyOf),
            new("Workload", Workload(run.Workload)),
            new("Tokens a pair", Lengths(run.Workload)),
            new("Lanes", Figure.Whole(run.Threads?.Scorers ?? LanesSeen(report))),
            new("Threads in each", Figure.Whole(run.Threads?.IntraOp)),
            new("Machine", Machine(run.Host)),
            new("System", Joined(run.Host?.Os, run.Host?.Architecture, run.Host?.Runtime)),
            new("Packages", Joined([.. run.Packages.Select(package => $"{package.Key} {package.Value}")])),
            new("Version and commit", Joined(run.ToolVersion, run.Commit)),
            new("Command", run.Command ?? Figure.Missing),
        ];
    }

    private static int? LanesSeen(RunReport report) =>
        report.Configurations.Max(configuration => configuration.Workers.Count) is > 0 and var lanes ? lanes : null;

    private static string Word(DeviceKind? kind) => kind?.ToString().ToLowerInvariant() ?? Figure.Missing;

    private static string Workload(Workload? workload) => Joined(workload?.Name, workload?.Description);

    private static string Lengths(Workload? workload)
    {
        if (workload is not { Lengths: { Count: > 0 } lengths })
            return Figure.Missing;
        var pairs = lengths.Sum(bin => bin.Pairs);
        var mean = lengths.Sum(bin => (bin.From + bin.To) / 2.0 * bin.Pairs) / pairs;
        return $"{lengths[0].From} to {lengths[^1].To}, about {Figure.Fixed(mean, 0)} in the mean";
    }

    private static string Machine(HostRecord? host) => Joined(
        host?.Processor,
        host?.Cores is { } cores ? $"{cores} cores" : null,
        host?.MemoryMb is { } memory ? $"{memory} MiB" : null);

    private static string Joined(params IEnumerable<string?> parts) =>
        string.Join(", ", parts.OfType<string>()) is { Length: > 0 } text ? text : Figure.Missing;
}
