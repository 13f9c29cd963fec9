using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>Lines over a numeric axis; the vertical axis starts at 0 unless it is logarithmic, which its title then says.</summary>
internal static class LineChart
{
    private const int MarkedPoints = 40;

    /// <summary>Nothing where no line has a point.</summary>
    internal static string Draw(
        string label,
        string below,
        string above,
        IReadOnlyList<Line> lines,
        bool isOverCategories = false,
        bool mayBeLogarithmic = false,
        IReadOnlyList<double>? borders = null)
    {
        var drawn = lines.Where(line => line.Points.Any(point => point.Y is not null)).ToList();
        if (drawn.Count == 0)
            return "";
        var drawing = new Drawing(420, 240);
        var xs = drawn.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order().ToList();
        var horizontal = isOverCategories
            ? new Scale(-0.4, xs.Count - 0.6, Drawing.Left, drawing.Right, xs.Count, isOpenEnded: false)
            : new Scale(Math.Min(0, xs[0]), xs[^1], Drawing.Left, drawing.Right, 6, isOpenEnded: false);
        List<double> ys = [.. drawn.SelectMany(line => line.Points).Select(point => point.Y).OfType<double>()];
        var vertical = mayBeLogarithmic
            ? Scale.Fitting(ys, drawing.Bottom, Drawing.Top, 5)
            : new Scale(0, ys.Max(), drawing.Bottom, Drawing.Top, 5, isOpenEnded: true);
        double Across(double x) => horizontal.At(isOverCategories ? xs.IndexOf(x) : x);

        drawing.HorizontalLines(vertical);
        foreach (var at in (borders ?? []).Select(horizontal.At))
            drawing.Add($"<line class=\"axis\" x1=\"{at}\" x2=\"{at}\" y1=\"{Drawing.Top}\" y2=\"{drawing.Bottom}\" stroke-dasharray=\"2 2\"/>");
        drawing.MarksBelow(isOverCategories ? xs.Select(x => (Across(x), Figure.Fixed(x, 0))) : horizontal.Marks());
        drawing.TitleBelow(below);
        drawing.TitleAbove(vertical.IsLogarithmic ? $"{above}, logarithmic" : above);
        for (var i = 0; i < drawn.Count; i++)
            Draw(drawing, drawn[i], Drawing.Colour(i), Across, vertical);
        return drawing.Finish(label) + (lines.Count == 1 ? "" : Drawing.Key([.. drawn.Select(line => line.Name)]));
    }

    private static void Draw(Drawing drawing, Line line, string colour, Func<double, double> across, Scale vertical)
    {
        var path = "";
        var isOpen = false;
        foreach (var (x, y) in line.Points)
        {
            if (y is { } value)
                path += $"{(isOpen ? 'L' : 'M')}{across(x)} {vertical.At(value)}";
            isOpen = y is not null;
        }

        drawing.Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>");
        if (line.Points.Count > MarkedPoints)
            return;
        foreach (var (x, y) in line.Points)
        {
            if (y is { } value)
                drawing.Add($"<circle cx=\"{across(x)}\" cy=\"{vertical.At(value)}\" r=\"3\" fill=\"{colour}\"><title>{Markup.Escape(line.Name)}: {Figure.Fixed(value, 1)}</title></circle>");
        }
    }
}
