namespace Rerank.Scorer.Batching;

/// <summary>
/// How fast pairs were queued, read from the instants at which the last ones were: also under a backlog, where receipts only show how
/// fast they are taken. Not thread-safe.
/// </summary>
internal sealed class ArrivalRate
{
    private const int Least = 32;

    private readonly long[] _queuedUs = new long[512];
    private long _arrived;

    /// <summary>0 before enough have come.</summary>
    internal double PairsPerSecond
    {
        get
        {
            if (_arrived < Least)
                return 0;
            var known = _queuedUs.AsSpan(0, (int)Math.Min(_arrived, _queuedUs.Length));
            var (first, last) = (long.MaxValue, long.MinValue);
            foreach (var instant in known)
                (first, last) = (Math.Min(first, instant), Math.Max(last, instant));
            return (known.Length - 1) * 1e6 / Math.Max(1, last - first);
        }
    }

    internal void OnArrived(long queuedUs) => _queuedUs[_arrived++ % _queuedUs.Length] = queuedUs;
}
