using System.Globalization;
using System.Xml.Linq;

namespace Rerank.Scorer.Simulation;

/// <summary>Panels over a common axis of time, as an SVG document.</summary>
internal static class SvgPlot
{
    private const double Left = 70;
    private const double PlotWidth = 860;
    private const double PanelTop = 34;
    private const double PanelHeight = 130;
    private const double PanelPitch = PanelHeight + PanelTop + 12;
    private const double Header = 40;
    private const double TimeAxis = 40;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <param name="title">Above all.</param>
    /// <param name="seconds">Of each value, evenly apart.</param>
    /// <param name="panels">From top to bottom.</param>
    /// <param name="shaded">Seconds from and to, marked in all panels; null for none.</param>
    internal static XDocument Draw(string title, IReadOnlyList<double> seconds, IReadOnlyList<PlotPanel> panels, (double From, double To)? shaded)
    {
        double first = seconds[0], last = seconds[^1];
        var height = Header + (panels.Count * PanelPitch) + TimeAxis;
        var root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", Text($"0 0 {Left + PlotWidth + 30} {height}")),
            new XAttribute("width", Left + PlotWidth + 30),
            new XAttribute("height", height),
            new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", 12),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "white")),
            Label(Left, 24, title, "start", 16));
        for (var i = 0; i < panels.Count; i++)
            root.Add(Panel(panels[i], Header + (i * PanelPitch)));
        root.Add(Label(Left + (PlotWidth / 2), height - 8, "virtual time, s", "middle"));
        return new XDocument(root);

        double X(double second) => Left + (PlotWidth * (second - first) / Math.Max(last - first, 1e-9));

        IEnumerable<XElement> Panel(PlotPanel panel, double top)
        {
            var (ceiling, floor) = (top + PanelTop, top + PanelTop + PanelHeight);
            yield return Label(Left, ceiling - 10, $"{panel.Title} ({panel.Unit})", "start", 13);
            if (shaded is var (from, to))
            {
                yield return new XElement(
                    Svg + "rect",
                    new XAttribute("x", Number(X(Math.Max(from, first)))),
                    new XAttribute("y", ceiling),
                    new XAttribute("width", Number(X(Math.Min(to, last)) - X(Math.Max(from, first)))),
                    new XAttribute("height", PanelHeight),
                    new XAttribute("fill", "#f3e6d0"));
            }

            for (var mark = 0; mark * panel.Step <= panel.Top * 1.0001; mark++)
            {
                var y = floor - (PanelHeight * mark * panel.Step / panel.Top);
                yield return Line(Left, y, Left + PlotWidth, y, "#dddddd");
                yield return Label(Left - 6, y + 4, Text($"{mark * panel.Step:#,0.###}"), "end");
            }

            var timeStep = PlotPanel.RoundStep((last - first) / 2);
            for (var second = Math.Ceiling(first / timeStep) * timeStep; second <= last; second += timeStep)
            {
                yield return Line(X(second), floor, X(second), floor + 4, "#888888");
                yield return Label(X(second), floor + 17, Text($"{second:0.###}"), "middle");
            }

            var legend = Left + PlotWidth;
            foreach (var series in panel.Series.Reverse())
            {
                yield return Label(legend, ceiling - 10, series.Name, "end");
                legend -= 12 + (series.Name.Length * 5.8);
                yield return Stroke(Line(legend - 14, ceiling - 14, legend + 6, ceiling - 14, series.Colour), series);
                legend -= 30;
            }

            foreach (var series in panel.Series)
            {
                foreach (var points in Stretches(series.Values))
                {
                    var path = string.Join(' ', points.Select(p => Text($"{X(seconds[p]):0.#},{floor - (PanelHeight * series.Values[p]!.Value / panel.Top):0.#}")));
                    yield return Stroke(
                        new XElement(Svg + "polyline", new XAttribute("points", path), new XAttribute("fill", "none"), new XAttribute("stroke", series.Colour)),
                        series);
                }
            }
        }
    }

    /// <summary>Indices of the values without a gap between them.</summary>
    private static IEnumerable<List<int>> Stretches(IReadOnlyList<double?> values)
    {
        List<int> stretch = [];
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not null)
            {
                stretch.Add(i);
                continue;
            }

            if (stretch.Count > 0)
                yield return stretch;
            stretch = [];
        }

        if (stretch.Count > 0)
            yield return stretch;
    }

    private static XElement Stroke(XElement element, PlotSeries series)
    {
        element.SetAttributeValue("stroke-width", 1.6);
        if (series.Dashed)
            element.SetAttributeValue("stroke-dasharray", "6 4");
        return element;
    }

    private static XElement Line(double x1, double y1, double x2, double y2, string colour) => new(
        Svg + "line",
        new XAttribute("x1", Number(x1)),
        new XAttribute("y1", Number(y1)),
        new XAttribute("x2", Number(x2)),
        new XAttribute("y2", Number(y2)),
        new XAttribute("stroke", colour));

    private static XElement Label(double x, double y, string text, string anchor, double size = 12) => new(
        Svg + "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("text-anchor", anchor),
        new XAttribute("font-size", size),
        new XAttribute("fill", "#222222"),
        text);

    private static string Number(double value) => Text($"{value:0.##}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
