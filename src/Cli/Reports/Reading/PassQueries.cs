using Rerank.Cli.Reports.Figures;

namespace Rerank.Cli.Reports.Reading;

/// <summary>The forward passes of one configuration.</summary>
internal static class PassQueries
{
    private const int Points = 1000;

    /// <summary>Null if there is none.</summary>
    internal static PassFigures? Passes(ReportTables tables, Scope scope)
    {
        var sizes = tables.Query(
            $"select pass_pairs, count(*) from passes where {Scope.Filter} group by 1 order by 1",
            row => new SizeCount(row.Small(0), row.Whole(1)),
            scope.Parameters);
        if (sizes.Count == 0)
            return null;

        var reasons = tables.Query(
            $"select close_reason, count(*) from passes where {Scope.Filter} group by 1 order by 2 desc, 1",
            row => new ReasonCount(row.Text(0), row.Whole(1)),
            scope.Parameters);
        return tables.Query(
            $"""
            select count(*), avg(pass_pairs), avg(length), avg("window"), sum(tokens_real), sum(tokens_padded), max(target_latency_ms),
              max(target_throughput)
            from passes where {Scope.Filter}
            """,
            row => new PassFigures
            {
                Passes = row.Whole(0),
                MeanRows = row.Number(1),
                MeanLength = row.Number(2),
                MeanWindow = row.Number(3),
                TokensReal = row.Whole(4),
                TokensPadded = row.Whole(5),
                Sizes = sizes,
                CloseReasons = reasons,
                TargetLatencyMs = row.NumberOrNull(6),
                TargetThroughput = row.NumberOrNull(7),
            },
            scope.Parameters)[0];
    }

    /// <summary>Real tokens of the configuration's own pairs; null if there is no pass.</summary>
    internal static double? Tokens(ReportTables tables, Scope scope) => tables.Query(
        $"select sum(tokens_real * pairs::double / pass_pairs) from passes where {Scope.Filter}",
        row => row.NumberOrNull(0),
        scope.Parameters)[0];

    /// <summary>Null if no pass had a prediction.</summary>
    internal static PredictionFigures? Prediction(ReportTables tables, Scope scope)
    {
        var predicted = $"from passes where {Scope.Filter} and predicted_ms is not null";
        // By the hash of their names: the same ones every time, and no kind of pass preferred.
        var points = tables.Query(
            $"select predicted_ms, inference_ms {predicted} order by hash(batch_id), batch_id limit {Points}",
            row => new PredictionPoint(row.Number(0), row.Number(1)),
            scope.Parameters);
        return points.Count == 0 ? null : tables.Query(
            $"""
            select count(*), avg(inference_ms - predicted_ms), avg(abs(inference_ms - predicted_ms) / nullif(inference_ms, 0)),
              case when stddev_pop(predicted_ms) > 0 and stddev_pop(inference_ms) > 0 then corr(predicted_ms, inference_ms) end
            {predicted}
            """,
            row => new PredictionFigures(row.Whole(0), row.Number(1), row.NumberOrNull(2), row.NumberOrNull(3), points),
            scope.Parameters)[0];
    }

    /// <param name="tables">Where to look.</param>
    /// <param name="scope">Which passes.</param>
    /// <param name="seconds">Wall time of the configuration.</param>
    internal static IReadOnlyList<WorkerFigures> Workers(ReportTables tables, Scope scope, double? seconds) => tables.Query(
        $"""
        select scorer, "session", avg(inference_ms), quantile_cont(inference_ms, 0.95), sum(pairs)
        from passes where {Scope.Filter} group by 1, 2 order by 1, 2
        """,
        row => new WorkerFigures(
            $"{row.Text(0)}/{row.Small(1)}", row.Number(2), row.Number(3), seconds > 0 ? row.Whole(4) / seconds : null, row.Whole(4)),
        scope.Parameters);
}
