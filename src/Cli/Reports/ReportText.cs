using System.Text.Json;
using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Html;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports;

/// <summary>A report as text, with LF.</summary>
internal static class ReportText
{
    // Between runs in one file, as in the reference's appended sweeps.
    private const string Separator = "\n---\n\n";

    internal static string Render(ReportDocument document, ReportFormat format) => format switch
    {
        ReportFormat.Md => FullMarkdown.Render(document),
        ReportFormat.Html => ReportPage.Render(document),
        ReportFormat.Json => JsonSerializer.Serialize(document, ReportJson.Default.ReportDocument) + "\n",
        ReportFormat.A => Each(document, FormatA.Render),
        ReportFormat.B => Each(document, FormatB.Render),
        ReportFormat.C => Each(document, FormatC.Render),
        ReportFormat.D => FormatD.Render(document.All()),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    private static string Each(ReportDocument document, Func<RunReport, string> render) => string.Join(Separator, document.All().Select(render));
}
