using Rerank.Shared.Contracts;

namespace Rerank.Sink.Parquet;

/// <summary>The <c>batches</c> table: a row a (forward pass, job). Null where there is no real reading.</summary>
internal sealed class BatchesRows : RowBuffer
{
    public const string TableName = "batches";

    private readonly TextColumn _batchId = new("batch_id");
    private readonly TextColumn _job = new("job", isRepetitive: true);
    private readonly TextColumn _scorer = new("scorer", isRepetitive: true);
    private readonly ValueColumn<int> _session = new("session");
    private readonly ValueColumn<DateTime> _startedAt = Timestamps.Column("started_at");
    private readonly TextColumn _model = new("model", isRepetitive: true);
    private readonly TextColumn _backend = new("backend", isRepetitive: true);
    private readonly TextColumn _device = new("device", isRepetitive: true);
    private readonly TextColumn _precision = new("precision", isRepetitive: true);
    private readonly ValueColumn<int> _pairs = new("pairs");
    private readonly ValueColumn<int> _passPairs = new("pass_pairs");
    private readonly ValueColumn<int> _rowsWritten = new("rows_written");
    private readonly ValueColumn<int> _rowsPadded = new("rows_padded");
    private readonly ValueColumn<int> _length = new("length");
    private readonly ValueColumn<long> _tokensReal = new("tokens_real");
    private readonly ValueColumn<long> _tokensPadded = new("tokens_padded");
    private readonly NullableColumn<double> _paddingWaste = new("padding_waste");
    private readonly ValueColumn<int> _window = new("window");
    private readonly TextColumn _closeReason = new("close_reason", isRepetitive: true);
    private readonly NullableColumn<double> _predictedMs = new("predicted_ms");
    private readonly NullableColumn<double> _targetLatencyMs = new("target_latency_ms");
    private readonly NullableColumn<double> _targetThroughput = new("target_throughput");
    private readonly NullableColumn<double> _pairsPerSecond = new("pairs_per_second");
    private readonly NullableColumn<double> _tokensPerSecond = new("tokens_per_second");
    private readonly NullableColumn<double> _cpuPercent = new("cpu_percent");
    private readonly NullableColumn<double> _rssMb = new("rss_mb");
    private readonly NullableColumn<double> _deviceMemoryMb = new("device_memory_mb");
    private readonly NullableColumn<double> _deviceUtilization = new("device_utilization");
    private readonly ValueColumn<double> _brokerMs = new("broker_ms");
    private readonly ValueColumn<double> _tokenizeMs = new("tokenize_ms");
    private readonly ValueColumn<double> _windowMs = new("window_ms");
    private readonly ValueColumn<double> _inferenceMs = new("inference_ms");
    private readonly ValueColumn<double> _publishMs = new("publish_ms");
    private readonly ValueColumn<double> _latencyMs = new("latency_ms");

    public BatchesRows() => Columns =
    [
        _batchId, _job, _scorer, _session, _startedAt, _model, _backend, _device, _precision, _pairs, _passPairs, _rowsWritten, _rowsPadded,
        _length, _tokensReal, _tokensPadded, _paddingWaste, _window, _closeReason, _predictedMs, _targetLatencyMs, _targetThroughput,
        _pairsPerSecond, _tokensPerSecond, _cpuPercent, _rssMb, _deviceMemoryMb, _deviceUtilization, _brokerMs, _tokenizeMs, _windowMs,
        _inferenceMs, _publishMs, _latencyMs,
    ];

    public override IReadOnlyList<ColumnBuffer> Columns { get; }

    public override string Table => TableName;

    // Three times as wide as a row of scores.
    public override int MostGroupRows => 16 * 1024;

    /// <param name="batch">The batch that reports the pass.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="rowsWritten">Its rows that were not duplicates.</param>
    /// <param name="durableUs">JetStream timestamp of the batch, unix microseconds.</param>
    public void Add(ScoredBatch batch, PassTiming pass, int rowsWritten, long durableUs)
    {
        var tokensPadded = (long)pass.RowsPadded * pass.Length;
        // The broker's clock may be behind the Scorer's by more than publishing took.
        var publishMs = Math.Max(0, (durableUs - pass.EndedUs) / 1000.0);

        _batchId.Add(pass.BatchId);
        _job.Add(batch.Job);
        _scorer.Add(batch.Scorer);
        _session.Add(pass.Session);
        _startedAt.Add(Timestamps.FromUs(pass.StartedUs));
        _model.Add(batch.Model);
        _backend.Add(pass.Backend);
        _device.Add(pass.Device);
        _precision.Add(pass.Precision);
        _pairs.Add(pass.Pairs);
        _passPairs.Add(pass.PassPairs);
        _rowsWritten.Add(rowsWritten);
        _rowsPadded.Add(pass.RowsPadded);
        _length.Add(pass.Length);
        _tokensReal.Add(pass.TokensReal);
        _tokensPadded.Add(tokensPadded);
        _paddingWaste.Add(tokensPadded > 0 ? 1 - ((double)pass.TokensReal / tokensPadded) : null);
        _window.Add(pass.Window);
        _closeReason.Add(pass.CloseReason);
        _predictedMs.Add(pass.PredictedMs);
        _targetLatencyMs.Add(pass.TargetLatencyMs);
        _targetThroughput.Add(pass.TargetThroughput);
        _pairsPerSecond.Add(PerSecond(pass.PassPairs, pass.InferenceMs));
        _tokensPerSecond.Add(PerSecond(pass.TokensReal, pass.InferenceMs));
        _cpuPercent.Add(pass.CpuPercent);
        _rssMb.Add(pass.RssMb);
        _deviceMemoryMb.Add(pass.DeviceMemoryMb);
        _deviceUtilization.Add(pass.DeviceUtilization);
        _brokerMs.Add(pass.BrokerMs);
        _tokenizeMs.Add(pass.TokenizeMs);
        _windowMs.Add(pass.WindowMs);
        _inferenceMs.Add(pass.InferenceMs);
        _publishMs.Add(publishMs);
        _latencyMs.Add(pass.BrokerMs + pass.TokenizeMs + pass.WindowMs + pass.InferenceMs + publishMs);
        Count++;
    }

    private static double? PerSecond(long count, double milliseconds) => milliseconds > 0 ? count * 1000 / milliseconds : null;
}
