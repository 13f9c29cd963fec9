using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The reference's second format: one run with analysis and time series.</summary>
internal static class FormatB
{
    internal static string Render(RunReport report)
    {
        var text = new MarkdownText();
        RunHeader.Write(report, text);
        text.Block("## Results Summary").Line();
        ResultsTable.Write(report, text);
        text.Block("## Detailed Metrics");
        foreach (var configuration in report.Configurations)
        {
            ConfigurationSection.Write(configuration, "Config", "####", text);
            ConfigurationSection.WriteAnalysis(configuration, "####", text);
        }

        OverallSection.Write(report, text);
        DashboardSection.WriteSummary(report, "Dashboard Metrics Summary", text);
        DashboardSection.WriteSeries(report, text);
        return text.ToString();
    }
}
