using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>Lines over a numeric axis; the vertical axis starts at 0.</summary>
internal static class LineChart
{
    private const int MarkedPoints = 40;

    /// <summary>Nothing where no line has a point.</summary>
    internal static string Draw(string label, string below, IReadOnlyList<Line> lines, bool isOverCategories = false)
    {
        var drawn = lines.Where(line => line.Points.Any(point => point.Y is not null)).ToList();
        if (drawn.Count == 0)
            return "";
        var drawing = new Drawing(420, 240);
        var xs = drawn.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order().ToList();
        var horizontal = isOverCategories
            ? new Scale(-0.4, xs.Count - 0.6, Drawing.Left, drawing.Right, xs.Count, isOpenEnded: false)
            : new Scale(Math.Min(0, xs[0]), xs[^1], Drawing.Left, drawing.Right, 6, isOpenEnded: false);
        var vertical = new Scale(
            0, drawn.Max(line => line.Points.Max(point => point.Y ?? 0)), drawing.Bottom, Drawing.Top, 5, isOpenEnded: true);
        double Across(double x) => horizontal.At(isOverCategories ? xs.IndexOf(x) : x);

        drawing.HorizontalLines(vertical);
        drawing.MarksBelow(isOverCategories ? xs.Select(x => (Across(x), Figure.Fixed(x, 0))) : horizontal.Marks());
        drawing.TitleBelow(below);
        for (var i = 0; i < drawn.Count; i++)
            Draw(drawing, drawn[i], Drawing.Colour(i), Across, vertical);
        return drawing.Finish(label) + Drawing.Key([.. drawn.Select(line => line.Name)]);
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
