using Rerank.Shared.Contracts;
using Rerank.Sink.Dedup;
using Rerank.Sink.Parquet;

namespace Rerank.Sink.Writing;

/// <summary>The timings of one job and date, with the ids of their passes for the footer.</summary>
internal sealed class BatchesPart(TablePart<BatchesRows> part)
{
    public TablePart<BatchesRows> Part => part;

    public BatchIdSet BatchIds { get; } = new();

    public void Add(ScoredBatch batch, PassTiming pass, int rowsWritten, long durableUs)
    {
        part.Rows.Add(batch, pass, rowsWritten, durableUs);
        BatchIds.Add(pass.BatchId);
    }
}
