using System.Diagnostics.Metrics;

namespace Rerank.Shared.Telemetry;

/// <summary>
/// What all stages measure. Made once a process; without a listener a reading is one comparison. Scorers measure pairs untagged: a tag
/// would cost more than the rest of it.
/// </summary>
public static class Instruments
{
    private const string Seconds = "s";
    private const string Pairs = "{pair}";
    private const string Tokens = "{token}";

    private static readonly InstrumentAdvice<double> Durations = Buckets(
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300);

    private static readonly InstrumentAdvice<int> Sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] };

    private static readonly InstrumentAdvice<int> TokenCounts = new()
    {
        HistogramBucketBoundaries = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536],
    };

    private static readonly Meter Meter = new(TelemetryNames.Scope, ToolVersion.Text);

    public static Counter<long> PublishedPairs { get; } =
        Meter.CreateCounter<long>(TelemetryNames.PublishedPairs, Pairs, "Pairs that the broker has stored for a job.");

    public static Counter<long> DeadLetters { get; } =
        Meter.CreateCounter<long>(TelemetryNames.DeadLetters, "{letter}", "Records and pairs that could not be processed.");

    public static Gauge<long> JobLag { get; } =
        Meter.CreateGauge<long>(TelemetryNames.JobLag, Pairs, "Pairs of a job that are queued and not yet scored.");

    public static Counter<long> ScoredPairs { get; } =
        Meter.CreateCounter<long>(TelemetryNames.ScoredPairs, Pairs, "Pairs whose forward pass has ended well.");

    public static Counter<long> ScoredTokens { get; } =
        Meter.CreateCounter<long>(TelemetryNames.ScoredTokens, Tokens, "Tokens of scored pairs, without padding.");

    public static Counter<long> PaddingTokens { get; } =
        Meter.CreateCounter<long>(TelemetryNames.PaddingTokens, Tokens, "Tokens that were computed for nothing.");

    public static Histogram<double> RequestDuration { get; } =
        Histogram(TelemetryNames.RequestDuration, "A pair, from being queued until its score is stored by the broker.");

    public static Histogram<double> QueueDuration { get; } =
        Histogram(TelemetryNames.QueueDuration, "A pair, from being queued until its pass starts, without tokenization.");

    public static Histogram<double> TokenizationDuration { get; } =
        Histogram(TelemetryNames.TokenizationDuration, "A pair, from being received until it is tokenized.");

    public static Histogram<double> InferenceDuration { get; } = Histogram(TelemetryNames.InferenceDuration, "A forward pass.");

    public static Histogram<double> PredictedDuration { get; } =
        Histogram(TelemetryNames.PredictedDuration, "What was expected of a forward pass when it was planned.");

    public static Histogram<int> NextBatchSize { get; } =
        Meter.CreateHistogram(TelemetryNames.NextBatchSize, Pairs, "Pairs of a forward pass.", tags: null, Sizes);

    public static Histogram<int> NextBatchTokens { get; } =
        Meter.CreateHistogram(TelemetryNames.NextBatchTokens, Tokens, "Tokens of a forward pass, with padding.", tags: null, TokenCounts);

    public static Gauge<double> LongestPass { get; } =
        Meter.CreateGauge<double>(TelemetryNames.LongestPass, Seconds, "Longest pass of the last plan, as expected.");

    public static Gauge<int> Window { get; } = Meter.CreateGauge<int>(TelemetryNames.Window, Pairs, "Pairs that may be planned together.");

    public static Gauge<int> QueueSize { get; } =
        Meter.CreateGauge<int>(TelemetryNames.QueueSize, Pairs, "Pairs in the process that no pass has taken.");

    public static Gauge<int> PullTarget { get; } =
        Meter.CreateGauge<int>(TelemetryNames.PullTarget, Pairs, "Pairs that should be in the process and not yet in a pass.");

    public static Gauge<double> TargetLatency { get; } = Meter.CreateGauge<double>(TelemetryNames.TargetLatency, Seconds, "Target of the p95.");

    public static Gauge<double> TargetLatencyMissed { get; } =
        Meter.CreateGauge<double>(TelemetryNames.TargetLatencyMissed, Seconds, "By how much the p95 is over its target; 0 if it is not.");

    public static Gauge<double> TargetThroughput { get; } =
        Meter.CreateGauge<double>(TelemetryNames.TargetThroughput, "{pair}/s", "Pairs a second that are wanted.");

    public static Gauge<double> TargetThroughputMissed { get; } = Meter.CreateGauge<double>(
        TelemetryNames.TargetThroughputMissed, "{pair}/s", "Pairs a second that are wanting although more were waiting; 0 if none.");

    public static Gauge<double> DeviceMemory { get; } =
        Meter.CreateGauge<double>(TelemetryNames.DeviceMemory, "By", "Memory of the device in use; absent where it cannot be read.");

    public static Gauge<double> DeviceUtilization { get; } =
        Meter.CreateGauge<double>(TelemetryNames.DeviceUtilization, "1", "0 to 1; absent where it cannot be read.");

    public static Counter<long> SinkRows { get; } = Meter.CreateCounter<long>(TelemetryNames.SinkRows, "{row}", "Rows made durable.");

    public static Counter<long> SinkDuplicates { get; } =
        Meter.CreateCounter<long>(TelemetryNames.SinkDuplicates, "{row}", "Rows dropped because the dataset has them.");

    public static Counter<long> SinkFiles { get; } = Meter.CreateCounter<long>(TelemetryNames.SinkFiles, "{file}", "Files brought into the dataset.");

    public static Histogram<double> SinkFlushDuration { get; } = Histogram(TelemetryNames.SinkFlushDuration, "Closing and moving a job's files.");

    public static Gauge<long> SinkLag { get; } =
        Meter.CreateGauge<long>(TelemetryNames.SinkLag, "{message}", "Scored batches of a job that are not durable yet.");

    public static ObservableCounter<double> CpuTime { get; } = Meter.CreateObservableCounter(
        TelemetryNames.CpuTime, () => Environment.CpuUsage.TotalTime.TotalSeconds, Seconds, "CPU time of this process.");

    public static ObservableUpDownCounter<long> Memory { get; } =
        Meter.CreateObservableUpDownCounter(TelemetryNames.Memory, () => Environment.WorkingSet, "By", "Memory of this process.");

    /// <summary>Of the meter that all of them belong to.</summary>
    internal static string MeterName => Meter.Name;

    /// <summary>Tag of a job; keep it where it is used for every pair.</summary>
    public static KeyValuePair<string, object?> OfJob(string job) => new(TelemetryNames.JobTag, job);

    private static Histogram<double> Histogram(string name, string description) =>
        Meter.CreateHistogram(name, Seconds, description, tags: null, Durations);

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
