namespace Rerank.Cli.Running;

/// <summary>
/// How fast a count grows, over about the last ten seconds. A count that comes in steps, as those of heartbeats do, is measured from
/// step to step: else the rate would be 0 between two of them and too high at each.
/// </summary>
internal sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<(long At, long Count)> _steps = new();
    private (long At, long Count) _last;

    /// <summary>Takes a reading; per second, null before the count has changed.</summary>
    internal double? Rate(long count)
    {
        var now = time.GetTimestamp();
        if (_steps.Count == 0 || count != _last.Count)
            _steps.Enqueue(_last = (now, count));
        while (_steps.Count > 2 && time.GetElapsedTime(_steps.Peek().At, now) > Window)
            _steps.Dequeue();
        if (time.GetElapsedTime(_last.At, now) > Window)
            return 0;

        var (at, before) = _steps.Peek();
        var seconds = time.GetElapsedTime(at, _last.At).TotalSeconds;
        return seconds > 0 ? Math.Max(0, _last.Count - before) / seconds : null;
    }
}
