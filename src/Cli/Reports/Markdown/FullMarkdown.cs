using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>Our own format: the reference's sections, and what they leave out.</summary>
internal static class FullMarkdown
{
    internal static string Render(ReportDocument document)
    {
        var text = new MarkdownText();
        ComparisonSection.Write(document, text);
        foreach (var report in document.All())
            Write(report, text);
        return text.ToString();
    }

    private static void Write(RunReport report, MarkdownText text)
    {
        RunHeader.Write(report, text);
        text.Block("## What was measured").Line();
        text.Table(["Fact", "Value"], RunFacts.Of(report).Select(fact => (IReadOnlyList<string>)[fact.Name, fact.Value]));
        text.Block("## Results Summary").Line();
        ResultsTable.Write(report, text);
        TokensSection.Write(report, text);
        RepeatsSection.Write(report, text);
        SaturationSection.Write(report, text);
        StagesSection.Write(report, text);
        PassesSection.Write(report, text);
        text.Block("## Detailed Metrics");
        foreach (var configuration in report.Configurations)
        {
            ConfigurationSection.Write(configuration, "Config", "####", text);
            ConfigurationSection.WriteAnalysis(configuration, "####", text);
            WorkerSection.Write(configuration, "####", text);
        }

        OverallSection.Write(report, text);
        DashboardSection.WriteSummary(report, "Dashboard Metrics Summary", text);
    }
}
