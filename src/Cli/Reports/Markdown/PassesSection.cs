using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>How passes were formed and what they were expected to take, a line a configuration.</summary>
internal static class PassesSection
{
    internal static void Write(RunReport report, MarkdownText text)
    {
        if (!report.Configurations.Any(configuration => configuration.Passes is not null))
            return;
        text.Block("## Forward passes").Line();
        text.Table(
            ["Config", "Passes", "Pairs a pass", "Length", "Window", "Close reasons", "Predicted: error", "Correlation"],
            report.Configurations.Select(configuration => (IReadOnlyList<string>)
            [
                Wording.Settings(configuration.Configuration, "conc"),
                Figure.Whole(configuration.Passes?.Passes),
                Figure.Fixed(configuration.Passes?.MeanRows, 1),
                Figure.Fixed(configuration.Passes?.MeanLength, 0),
                Figure.Fixed(configuration.Passes?.MeanWindow, 0),
                Reasons(configuration.Passes),
                Figure.Percent(configuration.Prediction?.MeanAbsoluteShare),
                Figure.Fixed(configuration.Prediction?.Correlation, 3),
            ]));
    }

    private static string Reasons(PassFigures? passes) => passes is null
        ? Figure.Missing
        : string.Join(", ", passes.CloseReasons.Select(reason => $"{reason.Reason} {reason.Passes}"));
}
