namespace Rerank.Ingest.Publishing;

/// <summary>
/// The publishes on their way, at most <paramref name="size"/>, in the order of their records; knows up to where all have been
/// acknowledged. When it is full, adding waits until about half of them are. Not thread-safe.
/// </summary>
/// <param name="size">Publishes on their way at once.</param>
/// <param name="acknowledged">Where reading begins.</param>
internal sealed class PublishWindow(int size, SourceProgress acknowledged)
{
    // A ring.
    private readonly (Task Publish, SourceProgress After)[] _inFlight = new (Task, SourceProgress)[size];
    private int _oldest;

    /// <summary>Everything before it is stored by the broker.</summary>
    internal SourceProgress Acknowledged { get; private set; } = acknowledged;

    internal int Count { get; private set; }

    /// <summary>Adds a publish; rethrows the failure of an older one.</summary>
    internal async ValueTask AddAsync(Task publish, SourceProgress after, CancellationToken cancellationToken)
    {
        _inFlight[(_oldest + Count++) % size] = (publish, after);
        if (Count == size)
        {
            // One wait for many: a wait for the oldest alone costs each record a switch of tasks.
            var middle = _inFlight[(_oldest + (size / 2)) % size].Publish;
            await middle.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await RetireOldestAsync(cancellationToken);
        }

        while (Count > 0 && _inFlight[_oldest].Publish.IsCompleted)
            await RetireOldestAsync(cancellationToken);
    }

    /// <summary>Waits for all of them; rethrows the first failure.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (Count > 0)
            await RetireOldestAsync(cancellationToken);
    }

    private async ValueTask RetireOldestAsync(CancellationToken cancellationToken)
    {
        var (publish, after) = _inFlight[_oldest];
        await publish.WaitAsync(cancellationToken);
        _inFlight[_oldest] = default;
        _oldest = (_oldest + 1) % size;
        Count--;
        Acknowledged = after;
    }
}
