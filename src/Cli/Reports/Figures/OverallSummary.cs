using Rerank.Cli.Reports.Recording;

namespace Rerank.Cli.Reports.Figures;

/// <summary>The best and the plain means over the configurations of a run that have a result.</summary>
internal sealed record OverallSummary
{
    public required double BestPairsPerSecond { get; init; }

    public required ConfigurationRecord BestThroughputAt { get; init; }

    /// <summary>The least mean latency, milliseconds.</summary>
    public required double BestLatencyMs { get; init; }

    public required ConfigurationRecord BestLatencyAt { get; init; }

    public required double MeanPairsPerSecond { get; init; }

    public required double MeanLatencyMs { get; init; }

    public required double MeanP99LatencyMs { get; init; }

    /// <summary>Null if no configuration has a result.</summary>
    internal static OverallSummary? Of(IEnumerable<ConfigurationReport> configurations)
    {
        var results = configurations
            .Where(report => report is { HasResult: true, Latency: not null })
            .Select(report => (report.Configuration, Latency: report.Latency!, PairsPerSecond: report.PairsPerSecond!.Value))
            .ToList();
        if (results.Count == 0)
            return null;

        var fastest = results.MaxBy(result => result.PairsPerSecond);
        var quickest = results.MinBy(result => result.Latency.Mean);
        return new OverallSummary
        {
            BestPairsPerSecond = fastest.PairsPerSecond,
            BestThroughputAt = fastest.Configuration,
            BestLatencyMs = quickest.Latency.Mean,
            BestLatencyAt = quickest.Configuration,
            MeanPairsPerSecond = results.Average(result => result.PairsPerSecond),
            MeanLatencyMs = results.Average(result => result.Latency.Mean),
            MeanP99LatencyMs = results.Average(result => result.Latency.P99),
        };
    }
}
