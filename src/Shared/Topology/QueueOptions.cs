using Rerank.Shared.Hosting;

namespace Rerank.Shared.Topology;

/// <summary>Sizes and times of the streams and consumers, used when they are made (section <c>Queue</c>). A stream that exists is left as it is.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queue";

    /// <summary>Bytes that each of PAIRS and SCORES may hold; publishers wait while a stream is full. Default 1 GiB.</summary>
    [Limits(1L << 20)]
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>Messages that one job may have waiting, so that a full job never blocks another. Default 100,000.</summary>
    [Limits(1, 100_000_000)]
    public long MaxMessagesPerJob { get; set; } = 100_000;

    /// <summary>How long a Scorer or Sink may hold a message without a sign of life before it is delivered again. Default 30 s.</summary>
    [Limits("00:00:01", "01:00:00")]
    public TimeSpan AckWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long leases and heartbeats live without renewal. Default 10 s.</summary>
    [Limits("00:00:01", "00:10:00")]
    public TimeSpan LeaseAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Copies of each stream in a cluster. Default 1.</summary>
    [Limits(1, 5)]
    public int Replicas { get; set; } = 1;
}
