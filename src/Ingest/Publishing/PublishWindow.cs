namespace Rerank.Ingest.Publishing;

/// <summary>
/// The publishes on their way, at most <paramref name="size"/>, in the order of their records; knows up to where all have been
/// acknowledged. When it is full, adding waits for the oldest. Not thread-safe.
/// </summary>
/// <param name="size">Publishes on their way at once.</param>
/// <param name="acknowledged">Where reading begins.</param>
internal sealed class PublishWindow(int size, SourceProgress acknowledged)
{
    private readonly Queue<(Task Publish, SourceProgress After)> _inFlight = new(size);

    /// <summary>Everything before it is stored by the broker.</summary>
    internal SourceProgress Acknowledged { get; private set; } = acknowledged;

    internal int Count => _inFlight.Count;

    /// <summary>Adds a publish; rethrows the failure of an older one.</summary>
    internal async ValueTask AddAsync(Task publish, SourceProgress after, CancellationToken cancellationToken)
    {
        _inFlight.Enqueue((publish, after));
        while (_inFlight.Count >= size || _inFlight.Peek().Publish.IsCompleted)
        {
            await RetireOldestAsync(cancellationToken);
            if (_inFlight.Count == 0)
                return;
        }
    }

    /// <summary>Waits for all of them; rethrows the first failure.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_inFlight.Count > 0)
            await RetireOldestAsync(cancellationToken);
    }

    private async ValueTask RetireOldestAsync(CancellationToken cancellationToken)
    {
        var (publish, after) = _inFlight.Peek();
        await publish.WaitAsync(cancellationToken);
        _inFlight.Dequeue();
        Acknowledged = after;
    }
}
