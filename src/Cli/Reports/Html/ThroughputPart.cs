using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Html;

/// <summary>Throughput over batch, concurrency and offered rate, as far as the grid has them. A lone configuration is told by the tiles.</summary>
internal static class ThroughputPart
{
    internal static void Write(RunReport report, Markup page)
    {
        var results = report.Configurations.Where(configuration => configuration.HasResult).ToList();
        if (results.Count < 2)
            return;
        page.Element("h2", "Throughput").Raw("<div class=\"charts\">");
        page.Chart("Pairs/s over batch", Lines(results, "pairs a request", c => c.Configuration.Batch, c => c.Configuration.Concurrency, "concurrency"));
        page.Chart("Pairs/s over concurrency", Lines(results, "callers", c => c.Configuration.Concurrency, c => c.Configuration.Batch, "batch"));
        page.Chart("Answered over offered", Rates(results));
        page.Chart(
            "Pairs/s by configuration",
            StackedBars.Draw("Pairs per second by configuration", [""], [.. results.Select(result => (RunArticle.Name(result), new[] { result.PairsPerSecond }))], " pairs/s"));
        page.Raw("</div>");
    }

    /// <summary>Nothing where the axis has one value only. Configurations that differ in other axes are lines of their own.</summary>
    private static string Lines(
        IReadOnlyList<ConfigurationReport> results,
        string below,
        Func<ConfigurationReport, int?> across,
        Func<ConfigurationReport, int?> line,
        string lineName)
    {
        var points = results.Where(result => across(result) is not null).ToList();
        if (points.Select(across).Distinct().Count() < 2)
            return "";
        return LineChart.Draw(
            $"Pairs per second over {below}",
            below,
            "pairs/s",
            [.. points.GroupBy(result => Name(result, line, lineName)).Select(group =>
                new Line(group.Key, [.. group.OrderBy(across).Select(result => ((double)across(result)!.Value, result.PairsPerSecond))]))],
            isOverCategories: true);
    }

    private static string Name(ConfigurationReport result, Func<ConfigurationReport, int?> line, string lineName) => string.Join(", ",
    [
        .. line(result) is { } value ? new[] { $"{lineName} {value}" } : [],
        .. result.Configuration.Values.Select(other => $"{other.Key} {other.Value}"),
    ]);

    private static string Rates(IReadOnlyList<ConfigurationReport> results)
    {
        var sweep = results.Where(result => result.Configuration.OfferedRate is not null).OrderBy(result => result.Configuration.OfferedRate).ToList();
        return sweep.Count < 2 ? "" : LineChart.Draw(
            "Pairs per second answered over offered",
            "pairs/s offered",
            "pairs/s",
            [
                new Line("answered", [.. sweep.Select(result => (result.Configuration.OfferedRate!.Value, result.PairsPerSecond))]),
                new Line("offered", [.. sweep.Select(result => (result.Configuration.OfferedRate!.Value, result.Configuration.OfferedRate))]),
            ]);
    }
}
