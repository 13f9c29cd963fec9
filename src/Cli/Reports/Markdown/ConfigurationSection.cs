using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The details of one configuration.</summary>
internal static class ConfigurationSection
{
    /// <param name="report">The configuration.</param>
    /// <param name="word">What it is called: Config or Run.</param>
    /// <param name="tables">Mark before the headings of its tables, such as ####.</param>
    /// <param name="text">Written to.</param>
    internal static void Write(ConfigurationReport report, string word, string tables, MarkdownText text)
    {
        text.Block($"### {word} {report.Configuration.Index}: {Wording.Settings(report.Configuration, "concurrency")}").Line();
        if (report.Error is { } error)
        {
            text.Line($"**Error:** {error}");
            return;
        }

        text.Line(Wording.Total(report));
        text.Block($"{tables} Latency (ms)");
        DistributionTable.Write(report.Latency, report.Latency?.Mean, text);
        text.Block($"{tables} Throughput (pairs/s)");
        DistributionTable.Write(report.Throughput, report.PairsPerSecond, text);
    }

    /// <summary>Throughput by the latency of requests; nothing where there are none.</summary>
    internal static void WriteAnalysis(ConfigurationReport report, string tables, MarkdownText text)
    {
        if (report.Analysis is not { } analysis)
            return;
        text.Block($"{tables} Latency vs Throughput Analysis").Line();
        text.Table(
            ["Latency Range", "Avg Throughput", "Min Throughput", "Max Throughput", "Count"],
            analysis.Bands.Select(band => (IReadOnlyList<string>)
            [
                Range(band), Figure.Fixed(band.Average, 2), Figure.Fixed(band.Min, 2), Figure.Fixed(band.Max, 2), Figure.Whole(band.Count),
            ]));
        text.Block(
            $"**Correlation:** {Figure.Fixed(analysis.Correlation, 3)} (negative correlation expected: lower latency = higher throughput)");
    }

    internal static string Range(LatencyBand band) => band switch
    {
        { FromMs: null } => $"< {Figure.Fixed(band.ToMs, 1)}ms ({band.Percentiles})",
        { ToMs: null } => $">= {Figure.Fixed(band.FromMs, 1)}ms ({band.Percentiles})",
        _ => $"{Figure.Fixed(band.FromMs, 1)}-{Figure.Fixed(band.ToMs, 1)}ms ({band.Percentiles})",
    };
}
