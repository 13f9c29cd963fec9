using System.Net;
using System.Text;

namespace Rerank.Cli.Reports.Html;

/// <summary>HTML that is being written, with LF.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Appends markup as it is.</summary>
    internal Markup Raw(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    internal Markup Element(string tag, string text) => Raw($"<{tag}>{Escape(text)}</{tag}>");

    /// <summary>A table that scrolls inside itself where the page is narrower.</summary>
    internal Markup Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Raw("<div class=\"wide\"><table><thead><tr>");
        foreach (var column in columns)
            Raw($"<th>{Escape(column)}</th>");
        Raw("</tr></thead><tbody>");
        foreach (var row in rows)
            Raw($"<tr>{string.Concat(row.Select(cell => $"<td>{Escape(cell)}</td>"))}</tr>");
        return Raw("</tbody></table></div>");
    }

    /// <summary>A drawing with its heading; nothing where there is nothing to draw.</summary>
    internal Markup Chart(string heading, string svg, string? note = null) => svg.Length == 0
        ? this
        : Raw($"<figure><figcaption>{Escape(heading)}</figcaption>{svg}{(note is null ? "" : $"<p class=\"note\">{Escape(note)}</p>")}</figure>");

    public override string ToString() => _text.ToString();
}
