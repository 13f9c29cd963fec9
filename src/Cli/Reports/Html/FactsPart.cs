using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>What was measured, on what, and how.</summary>
internal static class FactsPart
{
    internal static void Write(RunReport report, Markup page)
    {
        var facts = RunFacts.Of(report);
        page.Element("h2", "What was measured").Raw("<table class=\"facts\"><tbody>");
        foreach (var fact in facts.Where(fact => fact.Value != Figure.Missing))
            Row(page, fact.Name, fact.Value);
        if (facts.Where(fact => fact.Value == Figure.Missing).Select(fact => fact.Name.ToLowerInvariant()).ToList() is { Count: > 0 } missing)
            Row(page, "Not recorded", string.Join(", ", missing));
        page.Raw("</tbody></table>");
    }

    private static void Row(Markup page, string name, string value) =>
        page.Raw($"<tr><td>{Markup.Escape(name)}</td><td>{Markup.Escape(value)}</td></tr>");
}
