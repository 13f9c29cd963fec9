using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Html;

/// <summary>Percentiles and distribution of latency.</summary>
internal static class LatencyPart
{
    internal static void Write(RunReport report, Markup page)
    {
        var results = report.Configurations.Where(configuration => configuration.Latency is not null).ToList();
        if (results.Count == 0)
            return;
        page.Element("h2", "Latency").Raw("<div class=\"charts\">");
        page.Chart("Percentiles, ms", RangeChart.Draw("Latency percentiles by configuration", [.. results.Select(result => (RunArticle.Name(result), result.Latency!))]));
        page.Chart("P95 over offered rate, ms", Rates(results));
        page.Raw("</div><div class=\"charts small\" style=\"margin-top:16px\">");
        foreach (var result in results)
            page.Chart(RunArticle.Name(result), HistogramChart.Draw(
                $"Distribution of latency of {RunArticle.Name(result)}", "ms", result.Requests == 0 ? "pairs" : "requests", result.LatencyHistogram));
        page.Raw("</div>");
    }

    private static string Rates(IReadOnlyList<ConfigurationReport> results)
    {
        var sweep = results.Where(result => result.Configuration.OfferedRate is not null).OrderBy(result => result.Configuration.OfferedRate).ToList();
        return sweep.Count < 2 ? "" : LineChart.Draw(
            "P95 latency over offered rate",
            "pairs/s offered",
            "ms",
            [new Line("P95", [.. sweep.Select(result => (result.Configuration.OfferedRate!.Value, (double?)result.Latency!.P95))])],
            mayBeLogarithmic: true);
    }
}
