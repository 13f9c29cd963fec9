using Rerank.Shared.Contracts;
using Rerank.Sink.Parquet;

namespace Rerank.Sink.Intake;

/// <summary>What a scored batch must keep beyond its form, so that nothing after this can fail by its content.</summary>
internal static class BatchCheck
{
    /// <summary>Checks a batch.</summary>
    /// <param name="batch">As it was decoded.</param>
    /// <param name="job">The job of its subject.</param>
    /// <exception cref="FormatException">It must not be written.</exception>
    public static void Require(ScoredBatch batch, string job)
    {
        Require(batch.Job == job, $"The batch is of job '{batch.Job}' on the subject of '{job}'.");
        Require(Name.IsValid(batch.Job), $"The batch's job '{batch.Job}' is no name: {Name.Rule}.");
        Require(batch.Rows.Count > 0 && batch.Passes.Count > 0, "The batch has no rows or no passes.");
        Require(batch.Epoch >= 0, $"The batch's epoch {batch.Epoch} is negative.");
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var row = batch.Rows[i];
            Require(row.Ordinal is >= 0 and < long.MaxValue / 4, $"Row {i} has the ordinal {row.Ordinal}.");
            Require(row.Id is not null && row.QueryId is not null, $"Row {i} has no id or no query id.");
            Require(float.IsFinite(row.Score), $"Row {i} has the score {row.Score}.");
            Require(IsTime(row.QueuedUs) && IsTime(row.ReceivedUs), $"Row {i} has a time out of range.");
        }

        foreach (var pass in batch.Passes)
            Require(IsTime(pass.StartedUs) && IsTime(pass.EndedUs), $"The pass '{pass.BatchId}' has a time out of range.");
    }

    private static bool IsTime(long microseconds) => microseconds is >= 0 and <= Timestamps.MaxUs;

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new FormatException(otherwise);
    }
}
