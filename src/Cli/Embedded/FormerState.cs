using NATS.Client.JetStream.Models;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Embedded;

/// <summary>
/// What the processes of an earlier run left in a private broker: consumers that still wait for acks, leases that still look held.
/// Nobody is there to give either, so they are taken away instead of being waited for.
/// </summary>
internal static class FormerState
{
    /// <summary>Removes all consumers and leases; messages, specs and states stay. To be called before any host starts.</summary>
    internal static async Task ClearAsync(Broker broker, CancellationToken cancellationToken)
    {
        foreach (var stream in new[] { broker.Names.PairsStream, broker.Names.ScoresStream, broker.Names.DeadStream })
        {
            var consumers = new List<string>();
            await foreach (var name in broker.JetStream.ListConsumerNamesAsync(stream, cancellationToken))
                consumers.Add(name);
            foreach (var consumer in consumers)
                await broker.JetStream.DeleteConsumerAsync(stream, consumer, cancellationToken);
        }

        // The stream behind a bucket; entries of the live bucket mean nothing without their process.
        await broker.JetStream.PurgeStreamAsync($"KV_{broker.Names.LiveBucket}", new StreamPurgeRequest(), cancellationToken);
    }
}
