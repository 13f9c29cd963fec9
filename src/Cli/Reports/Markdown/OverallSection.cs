using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The best and the means of a run; nothing where no configuration has a result.</summary>
internal static class OverallSection
{
    internal static void Write(RunReport report, MarkdownText text)
    {
        if (report.Overall is not { } overall)
            return;
        text.Block("## Overall Summary").Line();
        text.Table(["Metric", "Value", "Config"],
        [
            ["Best Throughput", Figure.Fixed(overall.BestPairsPerSecond, 2, " p/s"), Wording.Settings(overall.BestThroughputAt, "conc")],
            ["Best Latency", Figure.Fixed(overall.BestLatencyMs, 2, "ms"), Wording.Settings(overall.BestLatencyAt, "conc")],
            ["Avg Throughput", Figure.Fixed(overall.MeanPairsPerSecond, 2, " p/s"), "all configs"],
            ["Avg Latency", Figure.Fixed(overall.MeanLatencyMs, 2, "ms"), "all configs"],
        ]);
    }
}
