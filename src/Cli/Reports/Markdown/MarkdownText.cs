using System.Text;

namespace Rerank.Cli.Reports.Markdown;

/// <summary>Markdown that is being written, with LF.</summary>
internal sealed class MarkdownText
{
    private readonly StringBuilder _text = new();

    internal MarkdownText Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }

    /// <summary>A line with an empty one before it, unless it is the first.</summary>
    internal MarkdownText Block(string text)
    {
        if (_text.Length > 0)
            Line();
        return Line(text);
    }

    /// <summary>A table without an empty line before it; no cell may contain a line break or a bar.</summary>
    /// <param name="columns">Headings.</param>
    /// <param name="rows">Cells a row.</param>
    /// <param name="rule">Dashes under each heading; by default its length and two.</param>
    internal MarkdownText Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, int? rule = null)
    {
        Row(columns);
        Line($"|{string.Join('|', columns.Select(column => new string('-', rule ?? column.Length + 2)))}|");
        foreach (var row in rows)
            Row(row);
        return this;
    }

    public override string ToString() => _text.ToString();

    private void Row(IReadOnlyList<string> cells) => Line($"| {string.Join(" | ", cells.Select(Cell))} |");

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
