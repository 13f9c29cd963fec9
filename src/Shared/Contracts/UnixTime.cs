namespace Rerank.Shared.Contracts;

/// <summary>Unix time in microseconds: the unit of every instant on the wire.</summary>
public static class UnixTime
{
    public static long GetUnixMicroseconds(this TimeProvider time) =>
        (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long ToUnixMicroseconds(this DateTimeOffset instant) =>
        (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
