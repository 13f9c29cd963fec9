namespace Rerank.Cli.Reports.Html;

/// <summary>Points over two axes alike, with the line on which the two values are equal. Logarithmic: what counts is by which factor they differ.</summary>
internal static class ScatterChart
{
    /// <summary>Nothing where there is no point above 0.</summary>
    internal static string Draw(string label, string below, string above, IReadOnlyList<IReadOnlyList<(double X, double Y)>> series, IReadOnlyList<string> names)
    {
        var all = series.SelectMany(points => points).Where(IsDrawn).ToList();
        if (all.Count == 0)
            return "";
        var drawing = new Drawing(420, 300);
        var (least, most) = (all.Min(point => Math.Min(point.X, point.Y)), all.Max(point => Math.Max(point.X, point.Y)));
        var horizontal = Scale.Logarithmic(least, most, Drawing.Left, drawing.Right);
        var vertical = Scale.Logarithmic(least, most, drawing.Bottom, Drawing.Top);
        drawing.HorizontalLines(vertical);
        drawing.MarksBelow(horizontal.Marks());
        drawing.TitleBelow(below);
        drawing.TitleAbove(above);
        drawing.Add(
            $"<line x1=\"{horizontal.At(least)}\" y1=\"{vertical.At(least)}\" x2=\"{horizontal.At(most)}\" y2=\"{vertical.At(most)}\" "
            + "stroke=\"var(--soft)\" stroke-dasharray=\"4 4\"/>");
        for (var i = 0; i < series.Count; i++)
        {
            foreach (var (x, y) in series[i].Where(IsDrawn))
                drawing.Add($"<circle cx=\"{horizontal.At(x)}\" cy=\"{vertical.At(y)}\" r=\"2.2\" fill=\"{Drawing.Colour(i)}\" fill-opacity=\"0.6\"/>");
        }

        return drawing.Finish(label) + (names.Count == 1 ? "" : Drawing.Key(names));
    }

    private static bool IsDrawn((double X, double Y) point) => point is { X: > 0, Y: > 0 };
}
