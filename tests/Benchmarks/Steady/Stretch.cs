namespace Rerank.Benchmarks.Steady;

/// <summary>A stretch of time, unix seconds.</summary>
internal readonly record struct Stretch(double From, double Until)
{
    internal static double Now => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    internal double Seconds => Until - From;

    /// <summary>How long both lasted at once.</summary>
    internal double Shared(Stretch other) => Math.Max(0, Math.Min(Until, other.Until) - Math.Max(From, other.From));
}
