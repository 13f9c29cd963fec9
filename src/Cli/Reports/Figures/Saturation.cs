namespace Rerank.Cli.Reports.Figures;

/// <summary>Where an open-loop sweep stops keeping up.</summary>
/// <param name="SustainedRate">The highest rate offered, pairs per second, below the first that was not kept up with; null if none was.</param>
/// <param name="OverloadedRate">The lowest rate offered that was not kept up with; null if all were: saturation lies above the sweep.</param>
/// <param name="HighestPairsPerSecond">The most that was answered at any rate.</param>
internal sealed record Saturation(double? SustainedRate, double? OverloadedRate, double HighestPairsPerSecond)
{
    /// <summary>A rate is kept up with when at least this share of it is answered while the measurement runs.</summary>
    internal const double KeptUp = 0.95;

    /// <summary>Null if the run has no two offered rates.</summary>
    internal static Saturation? Of(IEnumerable<ConfigurationReport> configurations)
    {
        var sweep = configurations
            .Where(report => report is { HasResult: true, Configuration.OfferedRate: not null })
            .Select(report => (Offered: report.Configuration.OfferedRate!.Value, Answered: report.PairsPerSecond!.Value))
            .OrderBy(point => point.Offered)
            .ToList();
        if (sweep.Count < 2)
            return null;

        var sustained = sweep.TakeWhile(point => point.Answered >= KeptUp * point.Offered).ToList();
        return new Saturation(
            sustained.Count > 0 ? sustained[^1].Offered : null,
            sustained.Count < sweep.Count ? sweep[sustained.Count].Offered : null,
            sweep.Max(point => point.Answered));
    }
}
