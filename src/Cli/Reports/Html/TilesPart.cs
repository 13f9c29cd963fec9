using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>The figures to see first.</summary>
internal static class TilesPart
{
    internal static void Write(RunReport report, Markup page)
    {
        if (report.Overall is not { } overall)
            return;
        var best = report.Configurations.First(configuration => configuration.Configuration.Index == overall.BestThroughputAt.Index);
        page.Raw("<div class=\"tiles\">");
        Tile(page, Figure.Fixed(overall.BestPairsPerSecond, 1), $"pairs/s, the most: {Wording.Settings(overall.BestThroughputAt, "conc")}");
        Tile(page, Figure.Fixed(best.TokensPerSecond, 0), "tokens/s there");
        Tile(page, Figure.Fixed(best.Latency?.P95, 1, " ms"), "P95 latency there");
        Tile(page, Figure.Fixed(overall.BestLatencyMs, 1, " ms"), $"mean latency, the least: {Wording.Settings(overall.BestLatencyAt, "conc")}");
        Tile(page, Figure.Percent(best.Passes?.PaddingWaste), "padding at the best throughput");
        Tile(page, Figure.Percent(best.Stages?.ExplainedShare), "of the latency there explained by stages");
        page.Raw("</div>");
        if (report.Saturation is { } saturation)
            page.Element("p", $"Saturation: {SaturationSection.Sentence(saturation)}");
    }

    private static void Tile(Markup page, string figure, string words) =>
        page.Raw($"<div class=\"tile\"><b>{Markup.Escape(figure)}</b><span>{Markup.Escape(words)}</span></div>");
}
