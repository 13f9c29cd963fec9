using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports.Html;

/// <summary>Lying bars of several parts, one a configuration, the name above each.</summary>
internal static class StackedBars
{
    private const int RowHeight = 34;

    /// <summary>Nothing where there is no row.</summary>
    /// <param name="label">What is drawn.</param>
    /// <param name="parts">Names of the parts; one without a name is the whole.</param>
    /// <param name="rows">Their sizes; a part that is null or below 0 is not drawn.</param>
    /// <param name="unit">Behind the sum of a row.</param>
    /// <param name="full">What a bar of the whole width is; null for the longest.</param>
    internal static string Draw(string label, IReadOnlyList<string> parts, IReadOnlyList<(string Name, double?[] Sizes)> rows, string unit, double? full = null)
    {
        if (rows.Count == 0)
            return "";
        var drawing = new Drawing(420, (rows.Count * RowHeight) + 4);
        var most = full ?? rows.Max(row => row.Sizes.Sum(Size));
        var scale = new Scale(0, most, 2, drawing.Right, 5, isOpenEnded: false);
        for (var i = 0; i < rows.Count; i++)
        {
            var y = (i * RowHeight) + 14;
            drawing.Text(2, y, rows[i].Name, "start", " class=\"ink\"");
            drawing.Text(drawing.Right, y, rows[i].Sizes.All(size => size is null) ? Figure.Missing : Amount.Of(rows[i].Sizes.Sum(Size), unit), "end");
            var from = 0.0;
            for (var part = 0; part < parts.Count; part++)
            {
                var size = Size(rows[i].Sizes[part]);
                if (size > 0)
                    drawing.Add(
                        $"<rect x=\"{scale.At(from)}\" y=\"{y + 4}\" width=\"{Math.Round(scale.At(from + size) - scale.At(from), 2)}\" height=\"12\" "
                        + $"fill=\"{Drawing.Colour(part)}\"><title>{Markup.Escape(parts[part])}: {Amount.Of(size, unit)}</title></rect>");
                from += size;
            }
        }

        return drawing.Finish(label) + (parts is [""] ? "" : Drawing.Key(parts));
    }

    private static double Size(double? size) => size is > 0 ? size.Value : 0;
}
