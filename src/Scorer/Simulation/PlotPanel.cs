namespace Rerank.Scorer.Simulation;

/// <summary>Series that share an axis from zero upwards.</summary>
internal sealed record PlotPanel(string Title, string Unit, IReadOnlyList<PlotSeries> Series)
{
    /// <summary>Distance of the axis' marks: 1, 2 or 5 of a power of ten, so that there are three to seven of them.</summary>
    internal double Step { get; } = RoundStep(Series.SelectMany(series => series.Values).Max() ?? 1);

    /// <summary>The highest value of the axis.</summary>
    internal double Top => Step * Math.Ceiling((Series.SelectMany(series => series.Values).Max() ?? 1) / Step);

    internal static double RoundStep(double highest)
    {
        var rough = Math.Max(highest, 1e-9) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
    }
}
