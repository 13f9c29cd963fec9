using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>What was seen over time, configurations one after the other.</summary>
internal static class SeriesPart
{
    internal static void Write(RunReport report, Markup page)
    {
        if (report.Series.Count == 0)
            return;
        (string Heading, string Unit, Func<SeriesRow, double?> Value)[] charts =
        [
            ("Throughput", "pairs/s", row => row.PairsPerSecond),
            ("Latency", "ms, mean", row => row.LatencyMs),
            ("CPU of the Scorer", "%, 100 = one core", row => row.CpuPercent),
            ("Memory of the Scorer", "MiB", row => row.RssMb),
            ("Device memory", "MiB", row => row.DeviceMemoryMb),
            ("Device utilization", "%", row => row.DeviceUtilization),
        ];
        page.Element("h2", "Over time").Raw("<div class=\"charts\">");
        foreach (var (heading, unit, value) in charts)
            page.Chart(heading, Draw(report, heading, unit, value));
        page.Raw("</div>");
        var missing = charts.Where(chart => report.Series.All(row => chart.Value(row) is null)).Select(chart => chart.Heading).ToList();
        var note = $"A step is {Figure.Fixed(report.SeriesStep, report.SeriesStep < 1 ? 2 : 0)} s; configurations and repeats one after the other, each with a last step that is cut short.";
        page.Raw($"<p class=\"note\">{Markup.Escape(missing.Count == 0 ? note : $"{note} No reading of: {string.Join(", ", missing)}.")}</p>");
    }

    private static string Draw(RunReport report, string label, string unit, Func<SeriesRow, double?> value) => LineChart.Draw(
        $"{label} over time",
        "s",
        unit,
        [new Line(label, [.. report.Series.Select(row => (row.Index * report.SeriesStep, value(row)))])],
        borders: [.. report.Series.Where((row, i) => i > 0 && row.Second < report.Series[i - 1].Second).Select(row => (row.Index - 0.5) * report.SeriesStep)]);
}
