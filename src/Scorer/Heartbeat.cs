using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Scorer;

/// <summary>Tells the live bucket that this Scorer is there, and how far it is.</summary>
internal sealed class Heartbeat(KvDocuments live, TimeSpan interval, TimeProvider time, ILogger logger)
{
    /// <summary>Runs until cancelled. A beat that fails is left out: the next one says the same.</summary>
    internal async Task RunAsync(Func<ScorerHeartbeat> read, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                var beat = read();
                await live.PutAsync(Names.ScorerKey(beat.Scorer), beat, WireJson.Default.ScorerHeartbeat, cancellationToken);
            }
            catch (NatsException e)
            {
                Log.HeartbeatMissed(logger, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
