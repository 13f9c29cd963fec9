using System.Collections.Concurrent;

namespace Rerank.UnitTests.Scorer.Models.Hub;

/// <summary>A clock whose timers fire at once, and that remembers what was waited for. Timers that guard a wait never fire.</summary>
internal sealed class WaitRecorder : TimeProvider
{
    // Polly's pauses are shorter than this, the time-out of a silent connection is not.
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= Guard || dueTime < TimeSpan.Zero)
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
