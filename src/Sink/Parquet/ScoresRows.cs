using Rerank.Shared.Contracts;

namespace Rerank.Sink.Parquet;

/// <summary>The <c>scores</c> table: a row a pair. Its job is in the folder's name.</summary>
internal sealed class ScoresRows : RowBuffer
{
    public const string TableName = "scores";

    private readonly ValueColumn<long> _ordinal = new("ordinal");
    private readonly TextColumn _id = new("id");
    private readonly TextColumn _queryId = new("query_id", isRepetitive: true);
    private readonly TextColumn _documentId = new("document_id", isNullable: true, isRepetitive: true);
    private readonly NullableColumn<int> _rank = new("rank");
    private readonly ValueColumn<float> _score = new("score");
    private readonly ValueColumn<int> _tokens = new("tokens");
    private readonly ValueColumn<bool> _truncated = new("truncated");
    private readonly TextColumn _batchId = new("batch_id", isRepetitive: true);
    private readonly TextColumn _model = new("model", isRepetitive: true);
    private readonly ValueColumn<DateTime> _queuedAt = Timestamps.Column("queued_at");
    private readonly ValueColumn<DateTime> _receivedAt = Timestamps.Column("received_at");
    private readonly ValueColumn<DateTime> _durableAt = Timestamps.Column("durable_at");

    public ScoresRows() => Columns =
    [
        _ordinal, _id, _queryId, _documentId, _rank, _score, _tokens, _truncated, _batchId, _model, _queuedAt, _receivedAt, _durableAt,
    ];

    public override IReadOnlyList<ColumnBuffer> Columns { get; }

    public override string Table => TableName;

    /// <param name="ordinal">Ordinal in the dataset, see <see cref="Dedup.EpochBases"/>.</param>
    /// <param name="row">The row as it came.</param>
    /// <param name="batch">The batch it came in.</param>
    /// <param name="durableUs">JetStream timestamp of that batch, unix microseconds.</param>
    public void Add(long ordinal, in ScoredRow row, ScoredBatch batch, long durableUs)
    {
        _ordinal.Add(ordinal);
        _id.Add(row.Id);
        _queryId.Add(row.QueryId);
        _documentId.Add(row.DocumentId);
        _rank.Add(row.Rank);
        _score.Add(row.Score);
        _tokens.Add(row.Tokens);
        _truncated.Add(row.Truncated);
        _batchId.Add(batch.Passes[row.Pass].BatchId);
        _model.Add(batch.Model);
        _queuedAt.Add(Timestamps.FromUs(row.QueuedUs));
        _receivedAt.Add(Timestamps.FromUs(row.ReceivedUs));
        _durableAt.Add(Timestamps.FromUs(durableUs));
        Count++;
    }
}
