using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Reading;

/// <summary>Latency and throughput of a job that no bench asked for: of its pairs, or of its passes where there are no scores.</summary>
internal static class PairQueries
{
    private sealed record Span(long Pairs, double? FromMs, double? ToMs);

    internal static ConfigurationReport Read(ReportTables tables, ConfigurationRecord configuration, Scope scope)
    {
        var (source, latency, from, to, weight) = tables.HasScores
            ? ("pairs", "durable_ms - queued_ms", "queued_ms", "durable_ms", "1")
            : ("job_passes", "latency_ms", "started_ms - broker_ms - tokenize_ms - window_ms", "ended_ms + publish_ms", "pairs");
        // Times of pairs are whole milliseconds, so that a hundred million of them are a few thousand counted values.
        var latencies = tables.Query(
            $"select {latency}, sum({weight}) from {source} where {Scope.Filter} group by 1",
            row => new CountedValue(row.Number(0), row.Whole(1)),
            scope.Parameters);
        var span = tables.Query(
            $"select coalesce(sum({weight}), 0), min({from}), max({to}) from {source} where {Scope.Filter}",
            row => new Span(row.Whole(0), row.NumberOrNull(1), row.NumberOrNull(2)),
            scope.Parameters)[0];
        var throughputs = tables.Query(
            $"select pairs_per_second, count(*) from passes where {Scope.Filter} and pairs_per_second is not null group by 1",
            row => new CountedValue(row.Number(0), row.Whole(1)),
            scope.Parameters);
        var seconds = (span.ToMs - span.FromMs) / 1000;
        return new ConfigurationReport
        {
            Configuration = configuration,
            Pairs = span.Pairs,
            Seconds = seconds,
            Latency = Distribution.Of(latencies),
            LatencyHistogram = Histogram.Of(latencies),
            PairsPerSecond = seconds > 0 ? span.Pairs / seconds : null,
            Throughput = Distribution.Of(throughputs),
        };
    }
}
