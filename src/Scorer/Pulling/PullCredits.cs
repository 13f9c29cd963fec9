namespace Rerank.Scorer.Pulling;

/// <summary>
/// How many pairs of a job may be asked for: the job's share of the window less what waits in it. Room is reported only when a quarter of
/// the share is free, so that pulls stay few, and what is left keeps the lanes busy meanwhile. Thread-safe.
/// </summary>
internal sealed class PullCredits(int share)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _roomMade = NewSignal();
    private int _share = share;
    private int _waiting;

    private bool HasRoom => _share - _waiting is var room && room > 0 && room >= _share / 4;

    /// <summary>Changes the share, when jobs come or go.</summary>
    internal void SetShare(int newShare)
    {
        lock (_lock)
        {
            _share = newShare;
            SignalIfThereIsRoom();
        }
    }

    /// <summary>Pairs left the window.</summary>
    internal void Return(int pairs)
    {
        lock (_lock)
        {
            _waiting -= pairs;
            SignalIfThereIsRoom();
        }
    }

    /// <summary>Takes all the room there is, as soon as a quarter of the share is free; at least 1.</summary>
    internal async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task roomMade;
            lock (_lock)
            {
                if (HasRoom)
                {
                    var room = _share - _waiting;
                    _waiting += room;
                    return room;
                }

                roomMade = _roomMade.Task;
            }

            await roomMade.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Not at every pair: a taker that is woken to find too little costs more than the pair did.</summary>
    private void SignalIfThereIsRoom()
    {
        if (!HasRoom)
            return;
        _roomMade.TrySetResult();
        _roomMade = NewSignal();
    }
}
