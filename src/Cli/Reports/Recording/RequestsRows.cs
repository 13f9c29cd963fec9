using Rerank.Sink.Parquet;

namespace Rerank.Cli.Reports.Recording;

/// <summary>The <c>requests</c> table: a row an answered request.</summary>
internal sealed class RequestsRows : RowBuffer
{
    private readonly TextColumn _run = new("run", isRepetitive: true);
    private readonly ValueColumn<int> _configuration = new("configuration");
    private readonly ValueColumn<int> _repeat = new("repeat");
    private readonly ValueColumn<long> _request = new("request");
    private readonly TextColumn _job = new("job", isRepetitive: true);
    private readonly ValueColumn<int> _pairs = new("pairs");
    private readonly ValueColumn<DateTime> _sentAt = Timestamps.Column("sent_at");
    private readonly ValueColumn<DateTime> _answeredAt = Timestamps.Column("answered_at");
    private readonly ValueColumn<double> _sentMs = new("sent_ms");
    private readonly ValueColumn<double> _latencyMs = new("latency_ms");

    public RequestsRows() => Columns =
        [_run, _configuration, _repeat, _request, _job, _pairs, _sentAt, _answeredAt, _sentMs, _latencyMs];

    public override IReadOnlyList<ColumnBuffer> Columns { get; }

    public override string Table => "requests";

    public void Add(Measurement measurement, RequestRow row)
    {
        _run.Add(measurement.Run);
        _configuration.Add(measurement.Configuration);
        _repeat.Add(measurement.Repeat);
        _request.Add(row.Request);
        _job.Add(row.Job);
        _pairs.Add(row.Pairs);
        _sentAt.Add(row.SentAt.UtcDateTime);
        _answeredAt.Add(row.AnsweredAt.UtcDateTime);
        _sentMs.Add(row.SentMs);
        _latencyMs.Add(row.LatencyMs);
        Count++;
    }
}
