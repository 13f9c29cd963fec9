using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>How far repeats of a configuration agree; nothing where each was measured once.</summary>
internal static class RepeatsSection
{
    internal static void Write(RunReport report, MarkdownText text)
    {
        if (!report.Configurations.Any(configuration => configuration.RepeatedPairsPerSecond is { Values.Count: > 1 }))
            return;
        text.Block("## Repeats (95 % confidence, Student's t)").Line();
        text.Table(
            ["Config", "Repeats", "Throughput (pairs/s)", "Latency (ms)"],
            report.Configurations.Select(configuration => (IReadOnlyList<string>)
            [
                Wording.Settings(configuration.Configuration, "conc"),
                Figure.Whole(configuration.RepeatedPairsPerSecond?.Values.Count),
                Interval(configuration.RepeatedPairsPerSecond),
                Interval(configuration.RepeatedLatency),
            ]));
    }

    internal static string Interval(Spread? spread) => spread is null
        ? Figure.Missing
        : $"{Figure.Fixed(spread.Mean, 1)} ± {Figure.Fixed(spread.HalfWidth95, 1)}";
}
