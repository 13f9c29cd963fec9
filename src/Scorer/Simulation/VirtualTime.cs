namespace Rerank.Scorer.Simulation;

/// <summary>A clock that jumps from event to event. Those of one instant happen in the order in which they were entered.</summary>
internal sealed class VirtualTime
{
    private readonly PriorityQueue<Action, (long AtUs, long Number)> _events = new();
    private long _number;

    internal long NowUs { get; private set; }

    internal void At(long us, Action happens) => _events.Enqueue(happens, (Math.Max(us, NowUs), _number++));

    /// <summary>Goes on to the next instant that has events, and lets them all happen; false if there is none until then.</summary>
    internal bool Advance(long untilUs)
    {
        if (!_events.TryPeek(out _, out var next) || next.AtUs > untilUs)
            return false;
        NowUs = next.AtUs;
        Settle();
        return true;
    }

    /// <summary>Lets happen what has been entered for this instant; whether anything was.</summary>
    internal bool Settle()
    {
        var any = false;
        while (_events.TryPeek(out _, out var next) && next.AtUs == NowUs)
        {
            _events.Dequeue()();
            any = true;
        }

        return any;
    }
}
