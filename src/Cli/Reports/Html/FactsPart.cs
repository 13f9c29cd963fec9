using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>What was measured, on what, and how.</summary>
internal static class FactsPart
{
    internal static void Write(RunReport report, Markup page)
    {
        page.Element("h2", "What was measured").Raw("<table class=\"facts\"><tbody>");
        foreach (var fact in RunFacts.Of(report))
            page.Raw($"<tr><td>{Markup.Escape(fact.Name)}</td><td>{Markup.Escape(fact.Value)}</td></tr>");
        page.Raw("</tbody></table>");
    }
}
