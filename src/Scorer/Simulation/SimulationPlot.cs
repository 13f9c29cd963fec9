namespace Rerank.Scorer.Simulation;

/// <summary>Load, window, pass size and p95 against its target over the time of a simulation.</summary>
public static class SimulationPlot
{
    private const string Blue = "#1f6fb4";
    private const string Orange = "#d9762b";
    private const string Grey = "#777777";

    /// <summary>Writes the SVG file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(SimulationReport report, string file)
    {
        var (request, timeline) = (report.Request, report.Timeline);
        PlotPanel[] panels =
        [
            new("Load", "pairs/s",
            [
                Series("queued", Grey, window => window.QueuedPerSecond),
                Series("scored", Blue, window => window.ScoredPerSecond),
            ]),
            new("Window", "pairs",
            [
                Series("wanted from the queue", Grey, window => window.PullTarget),
                Series("planned together", Blue, window => window.Window),
            ]),
            new("Pass", "pairs", [Series("mean of a pass", Blue, window => window.PassRows)]),
            new("Latency, queued to scored", "ms",
            [
                Series("p95", Blue, window => window.P95Ms),
                .. request.TargetLatency is { } target
                    ? [Series("target", Orange, _ => target.TotalMilliseconds) with { Dashed = true }]
                    : Array.Empty<PlotSeries>(),
            ]),
        ];
        (double, double)? slow = request.SlowFactor == 1 ? null : (request.SlowFrom.TotalSeconds, request.SlowTo.TotalSeconds);
        var title = $"{request.Device}, {request.Arrivals}, {request.Policy}"
            + (slow is null ? "" : FormattableString.Invariant($"; shaded: {request.SlowFactor} times slower"));
        SvgPlot.Draw(title, [.. timeline.Select(window => window.FromS)], panels, slow).Save(file);

        PlotSeries Series(string name, string colour, Func<SimulatedWindow, double?> value) => new(name, colour, [.. timeline.Select(value)]);
    }
}
