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
        var isAlone = report.Configurations.Count == 1;
        page.Raw("<div class=\"tiles\">");
        Tile(page, Amount.Of(overall.BestPairsPerSecond), isAlone ? "pairs/s" : $"pairs/s, the most: {Wording.Settings(overall.BestThroughputAt, "conc")}");
        Tile(page, Amount.Of(best.TokensPerSecond), isAlone ? "tokens/s" : "tokens/s there");
        Tile(page, Amount.Of(best.Latency?.P95, " ms"), isAlone ? "P95 latency" : "P95 latency there");
        Tile(page, Amount.Of(overall.BestLatencyMs, " ms"), isAlone ? "mean latency" : $"mean latency, the least: {Wording.Settings(overall.BestLatencyAt, "conc")}");
        Tile(page, Figure.Percent(best.Passes?.PaddingWaste), isAlone ? "of the tokens computed were padding" : "padding at the best throughput");
        Tile(page, Figure.Percent(best.Stages?.ExplainedShare), isAlone ? "of the latency explained by stages" : "of the latency there explained by stages");
        page.Raw("</div>");
        if (report.Saturation is { } saturation)
            page.Element("p", $"Saturation: {SaturationSection.Sentence(saturation)}");
    }

    private static void Tile(Markup page, string figure, string words) =>
        page.Raw($"<div class=\"tile\"><b>{Markup.Escape(figure)}</b><span>{Markup.Escape(words)}</span></div>");
}
