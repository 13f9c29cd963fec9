using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>Upright bars over bins or sizes; the vertical axis starts at 0.</summary>
internal static class BarChart
{
    private const int MostLabels = 7;

    /// <summary>Nothing where there is no bar.</summary>
    internal static string Draw(string label, string below, string above, IReadOnlyList<(string Name, double Value)> bars, int colour = 0)
    {
        if (bars.Count == 0)
            return "";
        var drawing = new Drawing(420, 240);
        var vertical = new Scale(0, bars.Max(bar => bar.Value), drawing.Bottom, Drawing.Top, 5, isOpenEnded: true);
        var slot = (drawing.Right - Drawing.Left) / (double)bars.Count;
        var every = (int)Math.Ceiling(bars.Count / (double)MostLabels);
        drawing.HorizontalLines(vertical);
        for (var i = 0; i < bars.Count; i++)
        {
            var (top, left) = (vertical.At(bars[i].Value), Drawing.Left + (i * slot));
            var width = Math.Min(slot * 0.86, 48);
            drawing.Add(
                $"<rect x=\"{Math.Round(left + ((slot - width) / 2), 2)}\" y=\"{top}\" width=\"{Math.Round(width, 2)}\" "
                + $"height=\"{Math.Round(drawing.Bottom - top, 2)}\" fill=\"{Drawing.Colour(colour)}\">"
                + $"<title>{Markup.Escape(bars[i].Name)}: {Figure.Fixed(bars[i].Value, 0)}</title></rect>");
        }

        drawing.MarksBelow(bars.Select((bar, i) => (At: Math.Round(Drawing.Left + ((i + 0.5) * slot), 2), bar.Name)).Where((_, i) => i % every == 0));
        drawing.TitleBelow(below);
        drawing.TitleAbove(above);
        return drawing.Finish(label);
    }
}
