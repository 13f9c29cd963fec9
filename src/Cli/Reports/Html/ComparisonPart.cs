using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>Two runs in one table; B/A above 1 is more.</summary>
internal static class ComparisonPart
{
    internal static void Write(RunReport a, RunReport b, Markup page) => page
        .Element("h1", $"A: {a.Title} · B: {b.Title}")
        .Table(
            ["Configuration", "Pairs/s A", "B", "B/A", "Tokens/s A", "B", "B/A", "Mean ms A", "B", "B/A", "P95 ms A", "B", "B/A", "Padding A", "B"],
            ConfigurationPair.Of(a, b).Select(Row));

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
