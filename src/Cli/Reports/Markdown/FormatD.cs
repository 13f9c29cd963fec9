using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The reference's combined file: every run in a few lines.</summary>
internal static class FormatD
{
    private static readonly string[] Columns =
        ["Batch", "Conc", "Pairs", "Time", "Lat Avg", "Lat P50", "Lat P95", "Lat P99", "TP Avg", "TP P50", "TP P95", "TP P99"];

    internal static string Render(IEnumerable<RunReport> reports)
    {
        var text = new MarkdownText()
            .Block("# All Experiment Results")
            .Block("Combined results from all experiments.")
            .Block("---");
        foreach (var report in reports)
            Write(report, text);
        return text.ToString();
    }

    private static void Write(RunReport report, MarkdownText text)
    {
        var run = report.Run;
        text.Block($"## {report.Title} ({Wording.Timestamp(run)})")
            .Block($"**Backend:** `{run.Backend}` | **Device:** `{run.Device}` | **Dynamic Batching:** `{run.DynamicBatching?.Enabled.ToString() ?? Figure.Missing}`")
            .Line();
        var axes = GridAxes.Of(report);
        text.Table([.. Columns, .. axes], report.Configurations.Select(configuration =>
            (IReadOnlyList<string>)[.. Cells(configuration), .. axes.Select(axis => GridAxes.Value(configuration.Configuration, axis))]));
        if (report.Overall is { } overall)
            text.Block(
                $"**Summary:** BestTP={Short(overall.BestPairsPerSecond)} | AvgTP={Short(overall.MeanPairsPerSecond)} | "
                + $"AvgLat={Figure.Fixed(overall.MeanLatencyMs, 1, "ms")} | AvgP99Lat={Figure.Fixed(overall.MeanP99LatencyMs, 1, "ms")}");
        text.Block("---");
    }

    private static IEnumerable<string> Cells(ConfigurationReport report)
    {
        string[] setting = [Figure.Whole(report.Configuration.Batch), Figure.Whole(report.Configuration.Concurrency)];
        return report.HasResult
            ? [
                .. setting,
                Figure.Whole(report.Pairs),
                Figure.Fixed(report.Seconds, 1, "s"),
                Short(report.Latency?.Mean),
                Short(report.Latency?.P50),
                Short(report.Latency?.P95),
                Short(report.Latency?.P99),
                Short(report.PairsPerSecond),
                Short(report.Throughput?.P50),
                Short(report.Throughput?.P95),
                Short(report.Throughput?.P99),
            ]
            : [.. setting, "ERROR", .. Enumerable.Repeat(Figure.Missing, Columns.Length - 3)];
    }

    private static string Short(double? value) => Figure.Fixed(value, 1);
}
