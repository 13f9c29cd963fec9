using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>What stands above the figures of a run from format B on.</summary>
internal static class RunHeader
{
    internal static void Write(RunReport report, MarkdownText text)
    {
        var run = report.Run;
        text.Block($"# {report.Title}");
        if (!string.IsNullOrEmpty(run.Description))
            text.Block($"_{run.Description}_");
        text.Block($"**Timestamp:** {Wording.Timestamp(run)}")
            .Block($"**Model:** `{run.Model}`")
            .Block($"**Backend:** `{run.Backend}` | **Device:** `{run.Device}`");
        if (run.DynamicBatching is { Enabled: true } dynamic)
            text.Block($"**Dynamic Batching:** enabled{Wording.DynamicOn(dynamic)}");
    }
}
