using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>What was seen over time; nothing where there is no time series.</summary>
internal static class DashboardSection
{
    // The reference's rule under these tables has five dashes a column, whatever the heading.
    private const int SeriesRule = 5;

    internal static void WriteSummary(RunReport report, string heading, MarkdownText text)
    {
        if (report.SeriesSummary is not { } summary)
            return;
        (string Name, Distribution? Values)[] rows =
        [
            ("GPU Memory (MB)", summary.DeviceMemoryMb),
            ("GPU Utilization (%)", summary.DeviceUtilization),
            ("CPU Usage (%)", summary.CpuPercent),
            ("Tokenization (ms)", summary.TokenizeMs),
            ("Inference (ms)", summary.InferenceMs),
            ("Queue Wait (ms)", summary.QueueWaitMs),
            ("Padding Waste (%)", summary.PaddingPercent),
        ];
        text.Block($"## {heading}").Line();
        text.Table(["Metric", "Avg", "Min", "Max", "P50", "P95"], rows.Select(row => (IReadOnlyList<string>)
        [
            row.Name, Short(row.Values?.Mean), Short(row.Values?.Min), Short(row.Values?.Max), Short(row.Values?.P50), Short(row.Values?.P95),
        ]));
    }

    internal static void WriteSeries(RunReport report, MarkdownText text)
    {
        if (report.Series.Count == 0)
            return;
        text.Block("## Dashboard Time-Series Data").Line();
        WriteSeriesTable(report.Series, text);
    }

    internal static void WriteSeriesTable(IEnumerable<SeriesRow> series, MarkdownText text) => text.Table(
        [
            "Index", "GPU Mem (MB)", "GPU Util (%)", "CPU (%)", "Latency (ms)", "Throughput", "Tokenize (ms)", "Inference (ms)", "Queue (ms)",
            "Padding (%)",
        ],
        series.Select(row => (IReadOnlyList<string>)
        [
            Figure.Whole(row.Index), Short(row.DeviceMemoryMb), Short(row.DeviceUtilization), Short(row.CpuPercent), Short(row.LatencyMs),
            Figure.Fixed(row.PairsPerSecond, 0), Short(row.TokenizeMs), Short(row.InferenceMs), Short(row.QueueWaitMs),
            Short(row.PaddingPercent),
        ]),
        SeriesRule);

    private static string Short(double? value) => Figure.Fixed(value, 1);
}
