using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>One distribution, a line a figure.</summary>
internal static class DistributionTable
{
    /// <param name="distribution">What to write; null writes lines without figures.</param>
    /// <param name="average">What stands as average.</param>
    /// <param name="text">Written to.</param>
    internal static void Write(Distribution? distribution, double? average, MarkdownText text)
    {
        (string Name, double? Value)[] rows =
        [
            ("Average", average),
            ("Min", distribution?.Min),
            ("Max", distribution?.Max),
            ("Std Dev", distribution?.StandardDeviation),
            ("P50", distribution?.P50),
            ("P90", distribution?.P90),
            ("P95", distribution?.P95),
            ("P99", distribution?.P99),
        ];
        text.Table(["Metric", "Value"], rows.Select(row => (IReadOnlyList<string>)[row.Name, Figure.Fixed(row.Value, 2)]));
    }
}
