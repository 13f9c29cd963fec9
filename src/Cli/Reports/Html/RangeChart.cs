using Rerank.Cli.Reports.Markdown;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Html;

/// <summary>The percentiles of several distributions, one line each, the name above.</summary>
internal static class RangeChart
{
    private const int RowHeight = 34;

    private static readonly string[] Names = ["P50", "P90", "P95", "P99"];

    /// <summary>Nothing where there is no distribution.</summary>
    internal static string Draw(string label, IReadOnlyList<(string Name, Distribution Values)> rows)
    {
        if (rows.Count == 0)
            return "";
        var drawing = new Drawing(420, (rows.Count * RowHeight) + 38);
        var scale = Scale.Fitting([.. rows.SelectMany(row => new[] { row.Values.Min, row.Values.P99 })], 6, drawing.Right, 5);
        var foot = (rows.Count * RowHeight) + 4;
        foreach (var (at, text) in scale.Marks())
        {
            drawing.Add($"<line class=\"axis\" x1=\"{at}\" x2=\"{at}\" y1=\"4\" y2=\"{foot}\"/>");
            drawing.Text(at, foot + 14, text, at > drawing.Right - 20 ? "end" : "middle");
        }

        drawing.Text(drawing.Right, foot + 28, scale.IsLogarithmic ? "ms, logarithmic" : "ms", "end");
        for (var i = 0; i < rows.Count; i++)
            Draw(drawing, rows[i].Name, rows[i].Values, (i * RowHeight) + 14, scale);
        return drawing.Finish(label) + Drawing.Key(Names, Drawing.Shade);
    }

    private static void Draw(Drawing drawing, string name, Distribution values, int y, Scale scale)
    {
        drawing.Text(2, y, name, "start", " class=\"ink\"");
        drawing.Add(
            $"<line x1=\"{scale.At(values.Min)}\" x2=\"{scale.At(values.P99)}\" y1=\"{y + 10}\" y2=\"{y + 10}\" stroke=\"var(--soft)\" stroke-width=\"1.5\"/>");
        double[] marks = [values.P50, values.P90, values.P95, values.P99];
        for (var i = marks.Length - 1; i >= 0; i--)
            drawing.Add(
                $"<circle cx=\"{scale.At(marks[i])}\" cy=\"{y + 10}\" r=\"4.5\" fill=\"{Drawing.Shade(i)}\" stroke=\"var(--ink)\" stroke-width=\".6\"><title>{Names[i]}: {Figure.Fixed(marks[i], 1, "ms")}</title></circle>");
    }
}
