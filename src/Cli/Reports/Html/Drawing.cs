using System.Text;

namespace Rerank.Cli.Reports.Html;

/// <summary>An SVG that is being drawn: a plot area with an axis on the left and one below.</summary>
internal sealed class Drawing(int width, int height)
{
    internal const int Left = 46;
    internal const int Top = 20;

    private const int Colours = 8;

    // Of a letter's width, about, so that a mark at the edge is not cut off.
    private const double HalfLetter = 3.3;

    private readonly StringBuilder _text = new();

    internal int Right => width - 12;

    internal int Bottom => height - 34;

    internal static string Colour(int series) => $"var(--s{series % Colours})";

    /// <summary>Of a value that stands higher than the one before it.</summary>
    internal static string Shade(int rank) => $"var(--q{rank})";

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
            Text(Math.Round(Math.Min(at, width - (text.Length * HalfLetter) - 1), 2), Bottom + 16, text);
    }

    internal void TitleBelow(string text) => Text((Left + Right) / 2.0, height - 3, text);

    /// <summary>What the vertical axis counts, above it.</summary>
    internal void TitleAbove(string text) => Text(2, 9, text, "start");

    /// <param name="label">What is drawn, for those who cannot see it.</param>
    internal string Finish(string label) =>
        $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Markup.Escape(label)}\">{_text}</svg>";

    /// <summary>The names of the colours, below the drawing.</summary>
    internal static string Key(IReadOnlyList<string> names, Func<int, string>? colour = null) => "<div class=\"key\">"
        + string.Concat(names.Select((name, i) => $"<span><i style=\"background:{(colour ?? Colour)(i)}\"></i>{Markup.Escape(name)}</span>")) + "</div>";
}
