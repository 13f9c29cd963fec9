namespace Rerank.Scorer.Inference;

/// <summary>CPU and memory of this process, read at most every half second, and what is known of its device. Not thread-safe.</summary>
internal sealed class ResourceSampler(TimeProvider time, DeviceMonitor? device)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private long _readAt = time.GetTimestamp();
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;

    /// <summary>100 = one core; null until half a second has passed.</summary>
    internal double? CpuPercent { get; private set; }

    internal double RssMb { get; private set; } = ToMb(Environment.WorkingSet);

    /// <summary>The last reading of the device; null in both where there is none.</summary>
    internal DeviceReading Device => device?.Last ?? DeviceReading.None;

    internal void Read()
    {
        var elapsed = time.GetElapsedTime(_readAt);
        if (elapsed < Interval)
            return;

        var cpu = Environment.CpuUsage.TotalTime;
        CpuPercent = 100 * (cpu - _cpu) / elapsed;
        RssMb = ToMb(Environment.WorkingSet);
        _cpu = cpu;
        _readAt = time.GetTimestamp();
    }

    private static double ToMb(long bytes) => bytes / (1024.0 * 1024.0);
}
