using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Cli.Running;

/// <summary>The Scorers that are alive.</summary>
internal static class Heartbeats
{
    internal static async Task<List<ScorerHeartbeat>> ReadAsync(Broker broker, CancellationToken cancellationToken)
    {
        var live = await broker.LiveAsync(cancellationToken);
        var keys = new List<string>();
        // All keys: a filter matches whole tokens only, and there are few.
        await foreach (var key in live.KeysAsync("*", cancellationToken))
        {
            if (key.StartsWith(Names.ScorerKey(""), StringComparison.Ordinal))
                keys.Add(key);
        }

        var heartbeats = new List<ScorerHeartbeat>();
        foreach (var key in keys)
        {
            if (await live.FindAsync(key, WireJson.Default.ScorerHeartbeat, cancellationToken) is { } heartbeat)
                heartbeats.Add(heartbeat.Value);
        }

        return heartbeats;
    }
}
