using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The reference's third format: stages and workers a configuration; the time series is a file of its own.</summary>
internal static class FormatC
{
    internal static string Render(RunReport report)
    {
        var text = new MarkdownText();
        RunHeader.Write(report, text);
        text.Block("## Configuration").Block($"**Parameters:** {string.Join(" | ", RunFacts.Of(report).Select(fact => $"{fact.Name}: {fact.Value}"))}");
        text.Block("## Summary").Line();
        ResultsTable.Write(report, text);
        foreach (var configuration in report.Configurations)
        {
            ConfigurationSection.Write(configuration, "Run", "###", text);
            ConfigurationSection.WriteAnalysis(configuration, "###", text);
            StageSection.Write(configuration, "###", text);
            WorkerSection.Write(configuration, "###", text);
        }

        OverallSection.Write(report, text);
        DashboardSection.WriteSummary(report, "Dashboard Metrics", text);
        return text.ToString();
    }

    /// <summary>The time series as a file of its own; its companion <c>.idx</c> holds the last index.</summary>
    internal static string RenderSeries(RunReport report)
    {
        var text = new MarkdownText().Block($"# {report.Title} time series").Line();
        DashboardSection.WriteSeriesTable(report.Series, text);
        return text.ToString();
    }
}
