using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Scorer;

/// <summary>Tells the live bucket that this Scorer is there, and how far it is.</summary>
internal sealed class Heartbeat(string scorer, KvDocuments live, TimeSpan interval, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly string _key = Names.ScorerKey(scorer);

    /// <summary>Runs until cancelled. A beat that fails is left out: the next one says the same.</summary>
    internal async Task RunAsync(Func<ScorerHeartbeat> read, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                try
                {
                    await live.PutAsync(_key, read(), WireJson.Default.ScorerHeartbeat, cancellationToken);
                }
                catch (NatsException e)
                {
                    Log.HeartbeatMissed(logger, e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        finally
        {
            await WithdrawAsync();
        }
    }

    /// <summary>A Scorer that has ended is not shown until its last beat expires.</summary>
    private async Task WithdrawAsync()
    {
        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            await live.DeleteAsync(_key, patience.Token);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException)
        {
            // The broker is away: then it expires.
        }
    }
}
