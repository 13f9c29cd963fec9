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
        var heartbeats = new List<ScorerHeartbeat>();
        await foreach (var key in live.KeysAsync(Names.AllScorers, cancellationToken))
        {
            if (await live.FindAsync(key, WireJson.Default.ScorerHeartbeat, cancellationToken) is { } heartbeat)
                heartbeats.Add(heartbeat.Value);
        }

        return heartbeats;
    }
}
