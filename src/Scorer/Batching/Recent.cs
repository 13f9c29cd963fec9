namespace Rerank.Scorer.Batching;

/// <summary>Readings of the last seconds, as far as they fit. Not thread-safe.</summary>
internal sealed class Recent(int capacity, long spanUs)
{
    private readonly (long AtUs, double Value)[] _ring = new (long, double)[capacity];
    private long _added;
    private long _sinceUs = long.MinValue;

    internal void Add(double value, long nowUs) => _ring[_added++ % _ring.Length] = (nowUs, value);

    /// <summary>Leaves everything before an instant out.</summary>
    internal void Since(long instantUs) => _sinceUs = instantUs;

    /// <summary>The value that so great a share of the readings does not exceed; null if there are fewer than <paramref name="least"/>.</summary>
    internal double? Quantile(double share, long nowUs, int least = 1)
    {
        var values = Values(nowUs);
        if (values.Length < least)
            return null;
        Array.Sort(values);
        return values[Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1)];
    }

    /// <summary>
    /// Sum of the readings a second from the first to the last: readings come in bursts, and the first burst is of the time before it.
    /// </summary>
    internal double PerSecond(long nowUs)
    {
        var (sum, since, firstUs, lastUs) = (0.0, 0.0, long.MaxValue, 0L);
        foreach (var (atUs, value) in InSpan(nowUs))
        {
            if (firstUs == long.MaxValue)
                lastUs = atUs;
            if (atUs < firstUs)
                (since, firstUs) = (sum, atUs);
            sum += value;
        }

        return lastUs > firstUs ? since * 1e6 / (lastUs - firstUs) : 0;
    }

    private double[] Values(long nowUs) => [.. InSpan(nowUs).Select(reading => reading.Value)];

    /// <summary>Latest first.</summary>
    private IEnumerable<(long AtUs, double Value)> InSpan(long nowUs)
    {
        for (var back = 1; back <= Math.Min(_added, _ring.Length); back++)
        {
            var reading = _ring[(_added - back) % _ring.Length];
            if (reading.AtUs < Math.Max(_sinceUs, nowUs - spanUs))
                yield break;
            yield return reading;
        }
    }
}
