using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Reading;

/// <summary>The time series of one run, configuration after configuration.</summary>
internal static class SeriesQuery
{
    private const int MostRows = 600;
    private const double ShortRunSeconds = 20;

    // Of requests where there are any, else of pairs, else of passes.
    private const string Events =
        """
        with answers as (
          select configuration, repeat, epoch_ms(answered_at) as done_ms, pairs, latency_ms, epoch_ms(sent_at) as begun
            from requests where run = $run
          union all select configuration, repeat, durable_ms, 1, durable_ms - queued_ms, queued_ms
            from pairs where run = $run and not exists (select 1 from requests)
          union all select configuration, repeat, ended_ms + publish_ms, pairs, latency_ms, ended_ms + publish_ms - latency_ms
            from job_passes where run = $run and not exists (select 1 from requests) and not exists (select 1 from scores)),
        spans as (select configuration, repeat, min(begun) as begun, max(done_ms) as ended from answers group by 1, 2)
        """;

    /// <summary>Seconds a row: short enough to see a short run, long enough that a long one stays readable.</summary>
    internal static double Step(ReportTables tables, string run)
    {
        var seconds = tables.Query($"{Events} select coalesce(sum(ended - begun), 0) / 1000 from spans", row => row.Number(0), ("run", run))[0];
        return seconds < ShortRunSeconds ? 0.25 : Math.Max(1, Math.Ceiling(seconds / MostRows));
    }

    internal static IReadOnlyList<SeriesRow> Read(ReportTables tables, string run, double step) => tables.Query(
        $"""
        {Events},
        answered as (
          select configuration, repeat, floor((done_ms - begun_at) / $step)::bigint as step, sum(latency_ms * weight) / sum(weight) as latency_ms,
            sum(pairs) * 1000 / $step as pairs_per_second
          from (select a.*, b.begun as begun_at, case when exists (select 1 from requests) then 1 else a.pairs end as weight
                from answers a join spans b using (configuration, repeat))
          group by 1, 2, 3),
        steps as (select configuration, repeat, unnest(range(0, floor((ended - begun) / $step)::bigint + 1)) as step from spans),
        run_passes as (
          select p.*, floor((ended_ms - begun) / $step)::bigint as step
          from job_passes p join spans using (configuration, repeat) where run = $run),
        passed as (
          select configuration, repeat, step, max(device_memory_mb) as device_memory_mb, avg(device_utilization) as device_utilization,
            avg(cpu_percent) as cpu_percent, max(rss_mb) as rss_mb, sum(tokenize_ms * pairs) / sum(pairs) as tokenize_ms,
            sum(inference_ms * pairs) / sum(pairs) as inference_ms, sum((broker_ms + window_ms) * pairs) / sum(pairs) as queue_ms,
            100 * (1 - sum(tokens_real) / nullif(sum(tokens_padded), 0)) as padding
          from run_passes group by 1, 2, 3)
        select configuration, (step + 1) * $step / 1000, device_memory_mb, device_utilization, cpu_percent, rss_mb, latency_ms,
          coalesce(pairs_per_second, 0), tokenize_ms, inference_ms, queue_ms, padding
        from steps left join answered using (configuration, repeat, step) full join passed using (configuration, repeat, step) order by configuration, repeat, step
        """,
        Row(),
        ("run", run),
        ("step", step * 1000));

    private static Func<ReportRow, SeriesRow> Row()
    {
        var index = 0;
        return row => new SeriesRow
        {
            Index = index++,
            Configuration = row.Small(0),
            Second = row.Number(1),
            DeviceMemoryMb = row.NumberOrNull(2),
            DeviceUtilization = row.NumberOrNull(3),
            CpuPercent = row.NumberOrNull(4),
            RssMb = row.NumberOrNull(5),
            LatencyMs = row.NumberOrNull(6),
            PairsPerSecond = row.NumberOrNull(7),
            TokenizeMs = row.NumberOrNull(8),
            InferenceMs = row.NumberOrNull(9),
            QueueWaitMs = row.NumberOrNull(10),
            PaddingPercent = row.NumberOrNull(11),
        };
    }
}
