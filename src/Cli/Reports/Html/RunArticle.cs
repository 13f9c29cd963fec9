using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>All of one run.</summary>
internal static class RunArticle
{
    internal static void Write(RunReport report, Markup page)
    {
        page.Raw($"<article id=\"{Markup.Escape(report.Run.Run)}\">").Element("h1", report.Title);
        if (!string.IsNullOrEmpty(report.Run.Description))
            page.Element("p", report.Run.Description);
        page.Raw($"<p class=\"soft\">{Markup.Escape(Place(report))}</p>")
            .Raw($"<p class=\"soft\">{Markup.Escape($"Latency is that of {report.LatencyOf}.")}</p>");
        TilesPart.Write(report, page);
        ThroughputPart.Write(report, page);
        LatencyPart.Write(report, page);
        StagesPart.Write(report, page);
        PassesPart.Write(report, page);
        SeriesPart.Write(report, page);
        ResultsPart.Write(report, page);
        FactsPart.Write(report, page);
        page.Raw("</article>");
    }

    /// <summary>When, with what and where it was measured, in a line.</summary>
    internal static string Place(RunReport report) =>
        $"{Wording.Timestamp(report.Run)} · {report.Run.Model} · {report.Run.Backend} on {report.Run.Device}";

    internal static string Name(ConfigurationReport report) => Wording.Settings(report.Configuration, "conc");
}
