using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>The reference's first format: one run, without analysis and time series.</summary>
internal static class FormatA
{
    internal static string Render(RunReport report)
    {
        var run = report.Run;
        var text = new MarkdownText()
            .Block($"# {report.Title}")
            .Block($"**Timestamp:** {Wording.Timestamp(run)}")
            .Block($"**Model:** `{run.Model}`")
            .Block($"**Device:** `{run.Device}`")
            .Block($"**Backend:** `{run.Backend}`")
            .Block($"**Dynamic Batching:** {Dynamic(run.DynamicBatching)}")
            .Block($"**Model Type:** {run.ModelType ?? Figure.Missing}")
            .Block($"**Requests per config:** `{Figure.Whole(run.RequestsPerConfiguration)}`")
            .Block("## Results Summary")
            .Line();
        ResultsTable.Write(report, text);
        text.Block("## Detailed Sub-Experiment Metrics");
        foreach (var configuration in report.Configurations)
            ConfigurationSection.Write(configuration, "Config", "####", text);
        OverallSection.Write(report, text);
        return text.ToString();
    }

    private static string Dynamic(Recording.DynamicBatching? dynamic) => dynamic switch
    {
        null => Figure.Missing,
        { Enabled: false } => "`False`",
        _ => $"`True`{Wording.DynamicOn(dynamic)}",
    };
}
