namespace Rerank.Cli.Running;

/// <summary>How fast a count grows, over about the last ten seconds.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<(long At, long Count)> _readings = new();

    /// <summary>Takes a reading; per second, null for the first.</summary>
    internal double? Rate(long count)
    {
        var now = time.GetTimestamp();
        while (_readings.Count > 1 && time.GetElapsedTime(_readings.Peek().At, now) > Window)
            _readings.Dequeue();
        _readings.Enqueue((now, count));
        var (at, before) = _readings.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 ? Math.Max(0, count - before) / seconds : null;
    }
}
