using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Html;

/// <summary>One page that needs nothing else: style and drawings are in it, and no script.</summary>
internal static class ReportPage
{
    internal static string Render(ReportDocument document)
    {
        var titles = document.All().Select(report => report.Title).Distinct().ToList();
        var page = new Markup()
            .Raw("<!doctype html>")
            .Raw("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Element("title", string.Join(" · ", titles))
            .Raw($"<style>\n{PageStyle.Css}\n</style></head><body><main>");
        if (document.Others is null)
        {
            OverviewPart.Write(document.Runs, page);
            foreach (var report in document.Runs)
                RunArticle.Write(report, page);
        }
        else
        {
            foreach (var pair in document.Pairs())
                Write(pair, page);
        }

        return page.Raw("</main></body></html>").ToString();
    }

    private static void Write(RunPair pair, Markup page)
    {
        if (pair is { A: { } a, B: { } b })
            ComparisonPart.Write(a, b, page);
        page.Raw("<div class=\"sides\">");
        foreach (var report in new[] { pair.A, pair.B }.OfType<RunReport>())
            RunArticle.Write(report, page);
        page.Raw("</div>");
    }
}
