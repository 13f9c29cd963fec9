using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>The runs of a page of several, a line each, which leads to it.</summary>
internal static class OverviewPart
{
    internal static void Write(IReadOnlyList<RunReport> reports, Markup page)
    {
        if (reports.Count < 2)
            return;
        page.Raw("<nav><h2>Runs</h2><div class=\"wide\"><table><thead><tr><th>Run</th><th>Pairs/s, the most</th><th>at</th><th>P95 ms there</th>"
            + "<th>Mean ms, the least</th><th>at</th></tr></thead><tbody>");
        foreach (var report in reports)
            page.Raw($"<tr><td><a href=\"#{Markup.Escape(report.Run.Run)}\">{Markup.Escape(report.Title)}</a></td>{string.Concat(Cells(report).Select(cell => $"<td>{Markup.Escape(cell)}</td>"))}</tr>");
        page.Raw("</tbody></table></div></nav>");
    }

    private static IEnumerable<string> Cells(RunReport report)
    {
        if (report.Overall is not { } overall)
            return Enumerable.Repeat(Figure.Missing, 5);
        var best = report.Configurations.First(configuration => configuration.Configuration.Index == overall.BestThroughputAt.Index);
        return
        [
            Amount.Of(overall.BestPairsPerSecond), Wording.Settings(overall.BestThroughputAt, "conc"), Amount.Of(best.Latency?.P95),
            Amount.Of(overall.BestLatencyMs), Wording.Settings(overall.BestLatencyAt, "conc"),
        ];
    }
}
