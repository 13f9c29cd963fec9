namespace Rerank.Cli.Reports.Html;

/// <summary>Points in a square, with the diagonal on which the two values are equal.</summary>
internal static class ScatterChart
{
    /// <summary>Nothing where there is no point.</summary>
    internal static string Draw(string label, string below, IReadOnlyList<IReadOnlyList<(double X, double Y)>> series, IReadOnlyList<string> names)
    {
        var all = series.SelectMany(points => points).ToList();
        if (all.Count == 0)
            return "";
        var drawing = new Drawing(420, 300);
        var most = all.Max(point => Math.Max(point.X, point.Y));
        var horizontal = new Scale(0, most, Drawing.Left, drawing.Right, 5, isOpenEnded: true);
        var vertical = new Scale(0, most, drawing.Bottom, Drawing.Top, 5, isOpenEnded: true);
        drawing.HorizontalLines(vertical);
        drawing.MarksBelow(horizontal.Marks());
        drawing.TitleBelow(below);
        drawing.Add(
            $"<line x1=\"{horizontal.At(0)}\" y1=\"{vertical.At(0)}\" x2=\"{horizontal.At(most)}\" y2=\"{vertical.At(most)}\" "
            + "stroke=\"var(--soft)\" stroke-dasharray=\"4 4\"/>");
        for (var i = 0; i < series.Count; i++)
        {
            foreach (var (x, y) in series[i])
                drawing.Add($"<circle cx=\"{horizontal.At(x)}\" cy=\"{vertical.At(y)}\" r=\"2.2\" fill=\"{Drawing.Colour(i)}\" fill-opacity=\"0.6\"/>");
        }

        return drawing.Finish(label) + Drawing.Key(names);
    }
}
