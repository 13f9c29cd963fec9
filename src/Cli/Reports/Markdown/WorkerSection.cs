using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The lanes of a configuration.</summary>
internal static class WorkerSection
{
    internal static void Write(ConfigurationReport report, string tables, MarkdownText text)
    {
        if (report.Workers.Count == 0)
            return;
        text.Block($"{tables} Per-Worker Statistics").Line();
        text.Table(
            ["Worker ID", "Avg Latency (ms)", "P95 Latency (ms)", "Throughput (q/s)", "Queries"],
            report.Workers.Select(worker => (IReadOnlyList<string>)
            [
                worker.Worker, Figure.Fixed(worker.MeanLatencyMs, 2), Figure.Fixed(worker.P95LatencyMs, 2),
                Figure.Fixed(worker.PairsPerSecond, 2), Figure.Whole(worker.Pairs),
            ]));
    }
}
