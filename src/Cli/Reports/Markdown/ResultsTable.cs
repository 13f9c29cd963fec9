using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>One line a configuration, as in formats A, B and C.</summary>
internal static class ResultsTable
{
    private static readonly string[] Columns =
        ["Batch", "Conc", "Pairs", "Time(s)", "Lat Avg", "Lat P95", "Lat P99", "TP Avg", "TP P95"];

    /// <summary>With a column more for every further axis of the grid.</summary>
    internal static void Write(RunReport report, MarkdownText text)
    {
        var axes = GridAxes.Of(report);
        text.Table([.. Columns, .. axes], report.Configurations.Select(configuration =>
            (IReadOnlyList<string>)[.. Cells(configuration), .. axes.Select(axis => GridAxes.Value(configuration.Configuration, axis))]));
    }

    private static IEnumerable<string> Cells(ConfigurationReport report)
    {
        string[] setting = [Figure.Whole(report.Configuration.Batch), Figure.Whole(report.Configuration.Concurrency)];
        return report.HasResult
            ? [
                .. setting,
                Figure.Whole(report.Pairs),
                Figure.Fixed(report.Seconds, 2),
                Figure.Fixed(report.Latency?.Mean, 1, "ms"),
                Figure.Fixed(report.Latency?.P95, 1, "ms"),
                Figure.Fixed(report.Latency?.P99, 1, "ms"),
                Figure.Fixed(report.PairsPerSecond, 1),
                Figure.Fixed(report.Throughput?.P95, 1),
            ]
            : [.. setting, "ERROR", .. Enumerable.Repeat(Figure.Missing, Columns.Length - 3)];
    }
}
