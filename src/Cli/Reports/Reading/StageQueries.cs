using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Reading;

/// <summary>Where the time of one configuration went.</summary>
internal static class StageQueries
{
    // A request is answered with its last score, so that the stages of that pair are the ones that it waited for.
    private const string OfLastPairs =
        $"""
        with last as (
          select job, split_part(id, '-', 1) as request, arg_max(batch_id, durable_ms) as batch_id,
            arg_max(queued_ms, durable_ms) as queued_ms, arg_max(received_ms, durable_ms) as received_ms
          from pairs where {Scope.Filter} group by 1, 2)
        select avg(r.latency_ms), avg(l.received_ms - l.queued_ms), avg(b.tokenize_ms),
          avg(greatest(0, b.started_ms - l.received_ms - b.tokenize_ms)), avg(b.inference_ms), avg(b.publish_ms)
        from requests r
          join last l on l.job = r.job and l.request = r.request::varchar
          join job_passes b on b.job = l.job and b.batch_id = l.batch_id
        where r.run = $run and r.configuration = $configuration
        """;

    // The stages of a pass are those of its oldest pair.
    private const string OfOldestPairs =
        $"""
        with oldest as (select job, batch_id, max(durable_ms - queued_ms) as latency_ms from pairs where {Scope.Filter} group by 1, 2)
        select avg(o.latency_ms), avg(b.broker_ms), avg(b.tokenize_ms), avg(b.window_ms), avg(b.inference_ms), avg(b.publish_ms)
        from oldest o join job_passes b using (job, batch_id)
        """;

    private const string OfPasses =
        $"""
        select sum(latency_ms * pairs) / sum(pairs), sum(broker_ms * pairs) / sum(pairs), sum(tokenize_ms * pairs) / sum(pairs),
          sum(window_ms * pairs) / sum(pairs), sum(inference_ms * pairs) / sum(pairs), sum(publish_ms * pairs) / sum(pairs)
        from job_passes where {Scope.Filter}
        """;

    /// <param name="tables">Where to look.</param>
    /// <param name="scope">Which configuration.</param>
    /// <param name="requestLatencyMs">Mean latency of its requests, if there are requests.</param>
    internal static StageTimes? Read(ReportTables tables, Scope scope, double? requestLatencyMs)
    {
        var exact = !tables.HasScores ? null : One(tables, scope, tables.HasRequests ? OfLastPairs : OfOldestPairs);
        if (exact is not null || !tables.HasBatches)
            return exact;
        var ofPasses = One(tables, scope, OfPasses);
        // The oldest pair of a pass that took in several requests waited longer than they did in the mean: its stages are not theirs.
        return requestLatencyMs is { } latency && ofPasses?.LatencyMs <= latency ? ofPasses with { LatencyMs = latency } : ofPasses;
    }

    private static StageTimes? One(ReportTables tables, Scope scope, string sql) => tables.Query(
        sql,
        row => row.NumberOrNull(0) is { } latency
            ? new StageTimes(
                latency, row.NumberOrNull(1), row.NumberOrNull(2), row.NumberOrNull(3), row.NumberOrNull(4), row.NumberOrNull(5))
            : null,
        scope.Parameters)[0];
}
