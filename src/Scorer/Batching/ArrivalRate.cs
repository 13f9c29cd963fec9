namespace Rerank.Scorer.Batching;

/// <summary>
/// How fast pairs were queued, read from the instants at which the last ones were: also under a backlog, where receipts only show how
/// fast they are taken. Not thread-safe.
/// </summary>
internal sealed class ArrivalRate
{
    private const int Least = 32;
    private const int Enough = 512;
    private const long SpanUs = 5_000_000;
    private const double MostUneven = 5;

    private readonly long[] _queuedUs = new long[4096];
    private long _arrived;

    /// <summary>0 before enough have come.</summary>
    internal double PairsPerSecond { get; private set; }

    /// <summary>Whether pairs come one by one, rather than many at once with long gaps.</summary>
    internal bool Even { get; private set; }

    internal void OnArrived(long queuedUs) => _queuedUs[_arrived++ % _queuedUs.Length] = queuedUs;

    /// <summary>Works the properties out anew, from the last 5 s or, if that is more, the last 512 pairs.</summary>
    internal void Measure()
    {
        if (_arrived < Least)
            return;

        var known = _queuedUs[..(int)Math.Min(_arrived, _queuedUs.Length)];
        Array.Sort(known);
        var first = Array.BinarySearch(known, known[^1] - SpanUs);
        first = Math.Min(first < 0 ? ~first : first, Math.Max(0, known.Length - Enough));
        var (sum, squares) = (0.0, 0.0);
        for (var i = first + 1; i < known.Length; i++)
        {
            var gap = (double)(known[i] - known[i - 1]);
            (sum, squares) = (sum + gap, squares + (gap * gap));
        }

        var gaps = known.Length - 1 - first;
        PairsPerSecond = gaps * 1e6 / Math.Max(1, sum);
        // 1 + the squared coefficient of variation: 2 for single pairs at random, the size of a burst and more for bursts.
        Even = sum > 0 && squares * gaps / (sum * sum) <= MostUneven;
    }
}
