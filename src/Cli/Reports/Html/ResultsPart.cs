using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>The figures of every configuration.</summary>
internal static class ResultsPart
{
    internal static void Write(RunReport report, Markup page) => page.Element("h2", "All configurations").Table(
        ["Configuration", "Pairs", "Time s", "Pairs/s", "± 95 %", "Tokens/s", "Mean ms", "± 95 %", "P50", "P90", "P95", "P99", "Correlation"],
        report.Configurations.Select(Row));

    private static IReadOnlyList<string> Row(ConfigurationReport report) => report.HasResult
        ? [
            RunArticle.Name(report),
            Figure.Whole(report.Pairs),
            Figure.Fixed(report.Seconds, 2),
            Figure.Fixed(report.PairsPerSecond, 1),
            Figure.Fixed(report.RepeatedPairsPerSecond?.HalfWidth95, 1),
            Figure.Fixed(report.TokensPerSecond, 0),
            Figure.Fixed(report.Latency?.Mean, 1),
            Figure.Fixed(report.RepeatedLatency?.HalfWidth95, 1),
            Figure.Fixed(report.Latency?.P50, 1),
            Figure.Fixed(report.Latency?.P90, 1),
            Figure.Fixed(report.Latency?.P95, 1),
            Figure.Fixed(report.Latency?.P99, 1),
            Figure.Fixed(report.Analysis?.Correlation, 3),
        ]
        : [RunArticle.Name(report), $"ERROR: {report.Error}", .. Enumerable.Repeat(Figure.Missing, 11)];
}
