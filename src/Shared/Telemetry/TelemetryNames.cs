namespace Rerank.Shared.Telemetry;

/// <summary>
/// Every name that leaves the process as telemetry. Where text-embeddings-inference has a word for it (request and queue duration,
/// next batch size), it is used. Prometheus writes <c>_</c> for <c>.</c>, and appends the unit, and <c>_total</c> to counters.
/// </summary>
public static class TelemetryNames
{
    /// <summary>Of the meter and of the activity source.</summary>
    public const string Scope = "rerank";

    public const string PublishedPairs = "rerank.ingest.pairs";
    public const string DeadLetters = "rerank.dead_letters";
    public const string JobLag = "rerank.job.lag";

    public const string ScoredPairs = "rerank.scorer.pairs";
    public const string ScoredTokens = "rerank.scorer.tokens";
    public const string PaddingTokens = "rerank.scorer.padding";
    public const string RequestDuration = "rerank.request.duration";
    public const string QueueDuration = "rerank.request.queue.duration";
    public const string TokenizationDuration = "rerank.request.tokenization.duration";
    public const string InferenceDuration = "rerank.request.inference.duration";
    public const string PredictedDuration = "rerank.batch.predicted.duration";
    public const string NextBatchSize = "rerank.batch.next_size";
    public const string NextBatchTokens = "rerank.batch.next_tokens";
    public const string LongestPass = "rerank.batch.longest.duration";
    public const string Window = "rerank.batch.window";
    public const string QueueSize = "rerank.queue.size";
    public const string PullTarget = "rerank.queue.target";
    public const string TargetLatency = "rerank.target.latency";
    public const string TargetLatencyMissed = "rerank.target.latency.missed";
    public const string TargetThroughput = "rerank.target.throughput";
    public const string TargetThroughputMissed = "rerank.target.throughput.missed";
    public const string DeviceMemory = "rerank.device.memory";
    public const string DeviceUtilization = "rerank.device.utilization";

    public const string SinkRows = "rerank.sink.rows";
    public const string SinkDuplicates = "rerank.sink.duplicates";
    public const string SinkFiles = "rerank.sink.files";
    public const string SinkFlushDuration = "rerank.sink.flush.duration";
    public const string SinkLag = "rerank.sink.lag";

    /// <summary>OpenTelemetry's own names for what a process uses.</summary>
    public const string CpuTime = "process.cpu.time";
    public const string Memory = "process.memory.usage";

    /// <summary>Not <c>job</c>, which Prometheus takes for itself.</summary>
    public const string JobTag = "rerank.job";
    public const string StageTag = "stage";
    public const string ReasonTag = "reason";

    /// <summary>Spans of a traced pair, in the order of the flow.</summary>
    public const string IngestSpan = "ingest";
    public const string BrokerSpan = "broker";
    public const string TokenizeSpan = "tokenize";
    public const string WindowSpan = "window";
    public const string InferenceSpan = "inference";
    public const string PublishSpan = "publish";
    public const string SinkSpan = "sink";
    public const string OrdinalTag = "rerank.ordinal";
    public const string PassPairsTag = "rerank.pass.pairs";
}
