using System.Collections.Concurrent;

namespace Rerank.Shared.Messaging;

/// <summary>
/// Messages that are being worked on. <see cref="KeepAliveAsync"/> tells the server so at a third of the ack wait, so that a slow pass
/// or a long buffered row group is not delivered a second time. Thread-safe.
/// </summary>
public sealed class HeldDeliveries(Acks acks, TimeSpan ackWait, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    public int Count => _held.Count;

    public void Hold(in Delivery delivery) => _held[delivery.ReplyTo] = new Held(delivery, time.GetTimestamp());

    /// <summary>Acks and forgets.</summary>
    public ValueTask AckAsync(in Delivery delivery, CancellationToken cancellationToken)
    {
        _held.TryRemove(delivery.ReplyTo, out _);
        return acks.AckAsync(delivery, cancellationToken);
    }

    /// <summary>Gives back for redelivery at once, and forgets.</summary>
    public ValueTask NakAsync(in Delivery delivery, CancellationToken cancellationToken)
    {
        _held.TryRemove(delivery.ReplyTo, out _);
        return acks.NakAsync(delivery, cancellationToken);
    }

    /// <summary>Gives back everything that is held, and returns when the server has this and all acks before it.</summary>
    public async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        foreach (var held in _held.Values)
            await NakAsync(held.Delivery, cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Returns when the server has all acks: a connection may close over those that are only queued.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken) => await acks.FlushAsync(cancellationToken);

    /// <summary>Runs until cancelled.</summary>
    public async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        var interval = ackWait / 3;
        using var timer = new PeriodicTimer(interval / 2, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = time.GetTimestamp();
            foreach (var (key, held) in _held)
            {
                // Only what has been held for long: with short passes nearly nothing is.
                if (time.GetElapsedTime(held.Since, now) < interval / 2)
                    continue;
                await acks.ProgressAsync(held.Delivery, cancellationToken);
                _held.TryUpdate(key, held with { Since = now }, held);
            }
        }
    }

    private readonly record struct Held(Delivery Delivery, long Since);
}
