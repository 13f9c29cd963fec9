using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>Two folders side by side; nothing where there is one.</summary>
internal static class ComparisonSection
{
    internal static void Write(ReportDocument document, MarkdownText text)
    {
        foreach (var pair in document.Pairs())
        {
            if (pair is not { A: { } a, B: { } b })
                continue;
            text.Block($"# {a.Title} against {b.Title}").Line();
            text.Table(
                ["Config", "TP Avg", "TP Avg B", "B/A", "Lat Avg", "Lat Avg B", "B/A", "Lat P95", "Lat P95 B", "B/A"],
                ConfigurationPair.Of(a, b).Select(Row));
        }
    }

    private static IReadOnlyList<string> Row(ConfigurationPair pair) =>
    [
        pair.Name,
        .. Cells(pair, report => report?.PairsPerSecond),
        .. Cells(pair, report => report?.Latency?.Mean),
        .. Cells(pair, report => report?.Latency?.P95),
    ];

    private static string[] Cells(ConfigurationPair pair, Func<ConfigurationReport?, double?> figure) =>
        [Figure.Fixed(figure(pair.A), 1), Figure.Fixed(figure(pair.B), 1), Figure.Fixed(figure(pair.B) / figure(pair.A), 2, "×")];
}
