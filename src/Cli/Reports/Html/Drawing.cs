using System.Text;

namespace Rerank.Cli.Reports.Html;

/// <summary>An SVG that is being drawn: a plot area with an axis on the left and one below.</summary>
internal sealed class Drawing(int width, int height)
{
    internal const int Left = 46;
    internal const int Top = 10;

    private const int Colours = 8;

    private readonly StringBuilder _text = new();

    internal int Right => width - 12;

    internal int Bottom => height - 34;

    internal static string Colour(int series) => $"var(--s{series % Colours})";

    internal void Add(string markup) => _text.Append(markup);

    internal void Text(double x, double y, string text, string anchor = "middle", string style = "") =>
        Add($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{style}>{Markup.Escape(text)}</text>");

    internal void HorizontalLines(Scale scale)
    {
        foreach (var (at, text) in scale.Marks())
        {
            Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{at}\" y2=\"{at}\"/>");
            Text(Left - 6, at + 4, text, "end");
        }
    }

    internal void MarksBelow(IEnumerable<(double At, string Text)> marks)
    {
        foreach (var (at, text) in marks)
            Text(at, Bottom + 14, text);
    }

    internal void TitleBelow(string text) => Text((Left + Right) / 2.0, height - 4, text);

    /// <param name="label">What is drawn, for those who cannot see it.</param>
    internal string Finish(string label) =>
        $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Markup.Escape(label)}\">{_text}</svg>";

    /// <summary>The names of the colours, beside the drawing; nothing for one.</summary>
    internal static string Key(IReadOnlyList<string> names) => names.Count < 2 ? "" : "<div class=\"key\">"
        + string.Concat(names.Select((name, i) => $"<span><i style=\"background:{Colour(i)}\"></i>{Markup.Escape(name)}</span>")) + "</div>";
}
