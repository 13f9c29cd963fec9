using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Reading;

/// <summary>Latency and throughput of one configuration of a bench, from its requests.</summary>
internal static class AnswerQueries
{
    private sealed record Answer(int Repeat, int Pairs, double SentMs, double LatencyMs)
    {
        internal double PairsPerSecond => Pairs / (LatencyMs / 1000);

        internal double EndedMs => SentMs + LatencyMs;
    }

    internal static ConfigurationReport Read(ReportTables tables, ConfigurationRecord configuration, Scope scope)
    {
        var answers = tables.Query(
            $"select repeat, pairs, sent_ms, latency_ms from requests where {Scope.Filter} order by repeat, sent_ms, request",
            row => new Answer(row.Small(0), row.Small(1), row.Number(2), row.Number(3)),
            scope.Parameters);
        if (answers.Count == 0)
            return new ConfigurationReport { Configuration = configuration };

        double[] latencies = [.. answers.Select(answer => answer.LatencyMs)];
        double[] throughputs = [.. answers.Select(answer => answer.PairsPerSecond)];
        var latency = Distribution.Of(latencies)!;
        var repeats = answers.GroupBy(answer => answer.Repeat).ToList();
        var seconds = repeats.Sum(Seconds);
        var pairs = answers.Sum(answer => (long)answer.Pairs);
        return new ConfigurationReport
        {
            Configuration = configuration,
            Requests = answers.Count,
            Pairs = pairs,
            Seconds = seconds,
            Latency = latency,
            LatencyHistogram = Histogram.Of([.. latencies.Select(value => new CountedValue(value, 1))]),
            PairsPerSecond = pairs / seconds,
            Throughput = Distribution.Of(throughputs),
            Analysis = LatencyAnalysis.Of(latencies, throughputs, latency),
            RepeatedPairsPerSecond = Spread.Of([.. repeats.Select(repeat => repeat.Sum(answer => (long)answer.Pairs) / Seconds(repeat))]),
            RepeatedLatency = Spread.Of([.. repeats.Select(repeat => repeat.Average(answer => answer.LatencyMs))]),
        };
    }

    private static double Seconds(IEnumerable<Answer> repeat) => repeat.Max(answer => answer.EndedMs) / 1000;
}
