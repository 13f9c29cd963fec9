using Rerank.Cli.Reports;
using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;
using Rerank.Cli.Reports.Reading;

namespace Rerank.Cli.Bench;

/// <summary>What a bench shows at its end, finished or interrupted.</summary>
internal static class BenchReports
{
    /// <summary>Prints the results as a table, and writes <c>report.md</c> and <c>report.html</c> into the folder.</summary>
    internal static void Write(string output, TextWriter results)
    {
        var document = new ReportDocument(ReportReader.Read(output));
        results.Write(FormatD.Render(document.Runs));
        foreach (var (format, name) in new[] { (ReportFormat.Md, "report.md"), (ReportFormat.Html, "report.html") })
            File.WriteAllText(Path.Combine(output, name), ReportText.Render(document, format));
    }
}
