using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Html;

internal static class ReportPage
{
    internal static string Render(ReportDocument document) => document.ToString();
}
