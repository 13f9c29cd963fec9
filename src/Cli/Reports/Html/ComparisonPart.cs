using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>Two runs in one table; B/A above 1 is more.</summary>
internal static class ComparisonPart
{
    internal static void Write(RunReport a, RunReport b, Markup page)
    {
        var pairs = ConfigurationPair.Of(a, b).ToList();
        page.Raw("<section>")
            .Element("h1", a.Title == b.Title ? a.Title : $"A: {a.Title} · B: {b.Title}")
            .Raw($"<p class=\"soft\">{Markup.Escape($"A: {RunArticle.Place(a)}")}<br>{Markup.Escape($"B: {RunArticle.Place(b)}")}</p>")
            .Table(
                ["Configuration", "Pairs/s A", "B", "B/A", "Tokens/s A", "B", "B/A", "Mean ms A", "B", "B/A", "P95 ms A", "B", "B/A", "Padding A", "B"],
                pairs.Select(Row))
            .Raw("<div class=\"charts\" style=\"margin-top:16px\">")
            .Chart("Pairs/s, both on one scale", Bars("Pairs per second of A and B", pairs, report => report?.PairsPerSecond, " pairs/s"))
            .Chart("P95 latency, both on one scale", Bars("P95 latency of A and B", pairs, report => report?.Latency?.P95, " ms"))
            .Raw("</div><p class=\"note\">Drawings below have a scale each.</p></section>");
    }

    private static string Bars(string label, IEnumerable<ConfigurationPair> pairs, Func<ConfigurationReport?, double?> figure, string unit) => StackedBars.Draw(
        label,
        ["A", "B"],
        [.. pairs.SelectMany(pair => new[] { ($"{pair.Name}, A", new[] { figure(pair.A), null }), ($"{pair.Name}, B", [null, figure(pair.B)]) })],
        unit);

    private static IReadOnlyList<string> Row(ConfigurationPair pair) =>
    [
        pair.Name,
        .. Cells(pair, 1, report => report?.PairsPerSecond),
        .. Cells(pair, 0, report => report?.TokensPerSecond),
        .. Cells(pair, 1, report => report?.Latency?.Mean),
        .. Cells(pair, 1, report => report?.Latency?.P95),
        Figure.Percent(pair.A?.Passes?.PaddingWaste),
        Figure.Percent(pair.B?.Passes?.PaddingWaste),
    ];

    private static string[] Cells(ConfigurationPair pair, int decimals, Func<ConfigurationReport?, double?> figure) =>
        [Figure.Fixed(figure(pair.A), decimals), Figure.Fixed(figure(pair.B), decimals), Figure.Fixed(figure(pair.B) / figure(pair.A), 2, "×")];
}
