using Rerank.TestKit;

namespace Rerank.Benchmarks.Whole;

/// <summary>What a run's Parquet tables say of it.</summary>
/// <param name="From">First <c>started_at</c> of a forward pass.</param>
/// <param name="Until">Last <c>durable_at</c> of a score.</param>
/// <param name="PaddingWaste">Part of all tokens of the passes that is padding.</param>
/// <param name="Passes">How many there were.</param>
/// <param name="MedianRows">Of a pass.</param>
/// <param name="MostRows">Of a pass.</param>
/// <param name="BusyPart">Time in passes as a part of that interval on all lanes, 0 to 1.</param>
/// <param name="LanesDoneApartMs">From the end of the last pass of the first lane that ended to that of the last lane.</param>
/// <param name="PredictedPart">Time predicted for the passes as a part of what they took; null if nothing was predicted.</param>
/// <param name="Scores">In the order of the input.</param>
internal sealed record DatasetFigures(
    DateTimeOffset From,
    DateTimeOffset Until,
    double PaddingWaste,
    int Passes,
    double MedianRows,
    int MostRows,
    double BusyPart,
    double LanesDoneApartMs,
    double? PredictedPart,
    float[] Scores)
{
    internal double Seconds => (Until - From).TotalSeconds;

    /// <param name="output">Folder of the dataset.</param>
    /// <param name="job">Only of this one; null where there is but one.</param>
    /// <param name="lanes">Callers of the model.</param>
    internal static DatasetFigures Read(string output, string? job, int lanes)
    {
        var batches = Table("batches");
        var scores = Table("scores");
        var until = Instant(Duck.Scalar<long>($"select max(epoch_ms(durable_at)) from {scores}"));
        var row = Duck.Query($"""
            select min(epoch_ms(started_at)), 1 - sum(tokens_real)::double / sum(tokens_padded), count(*), median(pass_pairs)::double,
                   max(pass_pairs), sum(inference_ms)::double,
                   sum(predicted_ms) / nullif(sum(inference_ms) filter (predicted_ms is not null), 0)
            from {batches}
            """).Single();
        var apart = Duck.Scalar<double>($"""
            select max(ended) - min(ended)
            from (select max(epoch_ms(started_at) + inference_ms) as ended from {batches} group by session)
            """);
        var from = Instant(Convert.ToInt64(row[0]));
        return new DatasetFigures(
            from,
            until,
            Convert.ToDouble(row[1]),
            Convert.ToInt32(row[2]),
            Convert.ToDouble(row[3]),
            Convert.ToInt32(row[4]),
            Convert.ToDouble(row[5]) / ((until - from).TotalMilliseconds * lanes),
            apart,
            row[6] is null ? null : Convert.ToDouble(row[6]),
            [.. Duck.Query($"select score from {scores} order by ordinal").Select(score => (float)score[0]!)]);

        string Table(string name) =>
            $"(select * from read_parquet('{output}/{name}/*/*.parquet')" + (job is null ? ")" : $" where job = '{job}')");
    }

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
