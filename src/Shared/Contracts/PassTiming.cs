namespace Rerank.Shared.Contracts;

/// <summary>
/// One forward pass as seen from one job: a row of the <c>batches</c> table. Null means that there is no reading.
/// Stage times are those of the job's oldest pair in the pass; with the Sink's <c>publish_ms</c> they add up to its latency.
/// </summary>
public sealed record PassTiming
{
    /// <summary>Unique name of the pass; the same for all jobs in it.</summary>
    public required string BatchId { get; init; }

    /// <summary>Lane that ran it, from 0.</summary>
    public required int Session { get; init; }

    /// <summary>Start and end of the forward pass, unix microseconds of the Scorer's clock.</summary>
    public required long StartedUs { get; init; }

    public required long EndedUs { get; init; }

    public required string Backend { get; init; }

    public required string Device { get; init; }

    public required string Precision { get; init; }

    /// <summary>Pairs of this job, of the whole pass, and rows of the tensor (more where padding rows fill a static shape).</summary>
    public required int Pairs { get; init; }

    public required int PassPairs { get; init; }

    public required int RowsPadded { get; init; }

    /// <summary>Tokens a row of the tensor; the longest pair of the pass, or the bucket.</summary>
    public required int Length { get; init; }

    /// <summary>Tokens of the whole pass that are not padding.</summary>
    public required long TokensReal { get; init; }

    /// <summary>Pairs that were planned together.</summary>
    public required int Window { get; init; }

    /// <summary>planned | oldest | memory | drain | alone.</summary>
    public required string CloseReason { get; init; }

    public double? PredictedMs { get; init; }

    public double? TargetLatencyMs { get; init; }

    public double? TargetThroughput { get; init; }

    /// <summary>CPU of the Scorer's process since the last reading, 100 = one core.</summary>
    public double? CpuPercent { get; init; }

    public double? RssMb { get; init; }

    public double? DeviceMemoryMb { get; init; }

    public double? DeviceUtilization { get; init; }

    /// <summary>JetStream timestamp of the oldest pair, unix microseconds.</summary>
    public required long OldestQueuedUs { get; init; }

    public required double BrokerMs { get; init; }

    public required double TokenizeMs { get; init; }

    public required double WindowMs { get; init; }

    public required double InferenceMs { get; init; }
}
