using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Html;

/// <summary>How passes were formed, and what they were expected to take.</summary>
internal static class PassesPart
{
    internal static void Write(RunReport report, Markup page)
    {
        var results = report.Configurations.Where(configuration => configuration.Passes is not null).ToList();
        if (results.Count == 0)
            return;
        page.Element("h2", "Forward passes").Raw("<div class=\"charts\">");
        page.Chart("Passes by their pairs", Sizes(results));
        page.Chart("Passes by the reason they closed", Reasons(results));
        page.Chart("Padding, per cent of the tokens computed", StackedBars.Draw(
            "Padding by configuration",
            [""],
            [.. results.Select(result => (RunArticle.Name(result), new[] { result.Passes!.PaddingWaste * 100 }))],
            " %",
            full: 100));
        page.Chart("Predicted against actual", Predictions(report), "A point a pass, at most 1,000 a configuration; on the dashed line the two are equal, above it a pass took longer.");
        page.Raw("</div>");
    }

    private static string Sizes(IReadOnlyList<ConfigurationReport> results) => BarChart.Draw(
        "Forward passes by their pairs",
        "pairs a pass",
        "passes",
        [.. results.SelectMany(result => result.Passes!.Sizes).GroupBy(size => size.Pairs).OrderBy(group => group.Key)
            .Select(group => (group.Key.ToString(), (double)group.Sum(size => size.Passes)))],
        colour: 1);

    private static string Reasons(IReadOnlyList<ConfigurationReport> results)
    {
        var reasons = results.SelectMany(result => result.Passes!.CloseReasons).Select(reason => reason.Reason).Distinct().Order(StringComparer.Ordinal).ToList();
        return StackedBars.Draw("Close reasons by configuration", reasons, [.. results.Select(result => (RunArticle.Name(result), Counts(result, reasons)))], " passes");
    }

    private static double?[] Counts(ConfigurationReport result, IEnumerable<string> reasons) =>
        [.. reasons.Select(reason => (double?)result.Passes!.CloseReasons.FirstOrDefault(count => count.Reason == reason)?.Passes)];

    private static string Predictions(RunReport report)
    {
        var predicted = report.Configurations.Where(configuration => configuration.Prediction is not null).ToList();
        return ScatterChart.Draw(
            "Predicted against actual time of forward passes",
            "ms predicted",
            "ms actual, logarithmic",
            [.. predicted.Select(result => (IReadOnlyList<(double, double)>)[.. result.Prediction!.Points.Select(point => (point.PredictedMs, point.ActualMs))])],
            [.. predicted.Select(RunArticle.Name)]);
    }
}
