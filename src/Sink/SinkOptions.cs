using Rerank.Shared.Hosting;

namespace Rerank.Sink;

/// <summary>Which dataset is written, and when its files are closed (section <c>Sink</c>).</summary>
public sealed class SinkOptions
{
    public const string Section = "Sink";

    /// <summary>Folder of the dataset; made if it is missing.</summary>
    public string Output { get; set; } = "";

    /// <summary>Id of the dataset, the one that jobs name. Default <c>default</c>.</summary>
    public string Dataset { get; set; } = "default";

    /// <summary>Rows of a row group; that many are held in memory, but of the wide <c>batches</c> at most 16,384. Default 65,536.</summary>
    [Limits(1, 10_000_000)]
    public int RowGroupRows { get; set; } = 64 * 1024;

    /// <summary>Rows at which a file is closed. Default 1,000,000.</summary>
    [Limits(1, 100_000_000)]
    public int RollRows { get; set; } = 1_000_000;

    /// <summary>Bytes at which a file is closed. Default 256 MiB.</summary>
    [Limits(1)]
    public long RollBytes { get; set; } = 256L << 20;

    /// <summary>Age of the oldest unwritten row at which a file is closed. Default 60 s.</summary>
    [Limits("00:00:00.1", "1.00:00:00")]
    public TimeSpan RollAge { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Messages that may wait for their file to be closed. They fill the queue until they are acknowledged, so files are also closed
    /// when half of a job's quota of messages or a quarter of the queue's bytes waits. Default 20,000.
    /// </summary>
    [Limits(1, 90_000)]
    public int MaxHeldMessages { get; set; } = 20_000;

    /// <summary>Bytes that the disk must have free; with less the Sink waits, and nothing is lost. Default 256 MiB.</summary>
    [Limits(0)]
    public long MinFreeBytes { get; set; } = 256L << 20;

    /// <summary>How often progress is logged, if there was any. Default 10 s.</summary>
    [Limits("00:00:01", "1.00:00:00")]
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(10);
}
