using Rerank.Scorer.Gate;

namespace Rerank.Cli.Reports.Statistics;

/// <summary>How throughput goes with latency, request by request.</summary>
/// <param name="Bands">By the percentiles of latency; without those that have no request.</param>
/// <param name="Correlation">Pearson's; null where either is constant.</param>
internal sealed record LatencyAnalysis(IReadOnlyList<LatencyBand> Bands, double? Correlation)
{
    /// <param name="latencies">Milliseconds a request.</param>
    /// <param name="throughputs">Pairs per second of the same requests.</param>
    /// <param name="latency">Of <paramref name="latencies"/>.</param>
    internal static LatencyAnalysis Of(IReadOnlyList<double> latencies, IReadOnlyList<double> throughputs, Distribution latency)
    {
        (string Name, double? From, double? To)[] ranges =
        [
            ("P50", null, latency.P50),
            ("P50-P75", latency.P50, latency.P75),
            ("P75-P90", latency.P75, latency.P90),
            ("P90+", latency.P90, null),
        ];
        var bands = new List<LatencyBand>();
        foreach (var (name, from, to) in ranges)
        {
            var inside = Enumerable.Range(0, latencies.Count)
                .Where(i => (from is null || latencies[i] >= from) && (to is null || latencies[i] < to))
                .Select(i => throughputs[i])
                .ToList();
            if (inside.Count > 0)
                bands.Add(new LatencyBand(name, from, to, inside.Average(), inside.Min(), inside.Max(), inside.Count));
        }

        return new LatencyAnalysis(bands, Agreement.Pearson([.. latencies], [.. throughputs]));
    }
}
