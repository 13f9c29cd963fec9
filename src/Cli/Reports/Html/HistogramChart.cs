using Rerank.Cli.Reports.Markdown;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Html;

/// <summary>How many readings lie in each bin, over a numeric axis that begins near the least reading.</summary>
internal static class HistogramChart
{
    /// <summary>Nothing where there is no bin.</summary>
    internal static string Draw(string label, string below, string above, IReadOnlyList<HistogramBin> bins)
    {
        if (bins.Count == 0)
            return "";
        var drawing = new Drawing(260, 150);
        var vertical = new Scale(0, bins.Max(bin => bin.Count), drawing.Bottom, Drawing.Top, 3, isOpenEnded: true);
        var horizontal = new Scale(bins[0].From, bins[^1].To, Drawing.Left, drawing.Right, 6, isOpenEnded: false);
        drawing.HorizontalLines(vertical);
        foreach (var bin in bins.Where(bin => bin.Count > 0))
        {
            // All readings equal are one bin without a width.
            var (left, top) = (horizontal.At(bin.From), vertical.At(bin.Count));
            var width = Math.Max(2, Math.Round(horizontal.At(bin.To) - left - 0.5, 2));
            drawing.Add(
                $"<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{Math.Round(drawing.Bottom - top, 2)}\" fill=\"{Drawing.Colour(0)}\">"
                + $"<title>{Figure.Fixed(bin.From, 1)} to {Figure.Fixed(bin.To, 1)} {Markup.Escape(below)}: {bin.Count}</title></rect>");
        }

        drawing.MarksBelow(horizontal.Marks());
        drawing.TitleBelow(below);
        drawing.TitleAbove(above);
        return drawing.Finish(label);
    }
}
