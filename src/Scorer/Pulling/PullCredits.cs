namespace Rerank.Scorer.Pulling;

/// <summary>
/// How many pairs of a job may be asked for: the job's share of the window less what waits in it. Room is reported only when half of
/// the share is free, so that pulls stay few. Thread-safe.
/// </summary>
internal sealed class PullCredits(int share)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private int _share = share;
    private int _waiting;

    /// <summary>Changes the share, when jobs come or go.</summary>
    internal void SetShare(int newShare)
    {
        lock (_lock)
        {
            _share = newShare;
            Signal();
        }
    }

    /// <summary>Pairs left the window.</summary>
    internal void Return(int pairs)
    {
        lock (_lock)
        {
            _waiting -= pairs;
            Signal();
        }
    }

    /// <summary>Takes all the room there is, as soon as half of the share is free; at least 1.</summary>
    internal async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                var room = _share - _waiting;
                if (room > 0 && room >= _share / 2)
                {
                    _waiting += room;
                    return room;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
