using Microsoft.Extensions.Logging;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Sink;

/// <summary>Takes the dataset's lease, after an earlier holder has let it go or has died.</summary>
internal static class SinkLease
{
    // The server removes what has expired about once a second.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    /// <summary>Waits for the lease as long as a dead holder's may live.</summary>
    /// <exception cref="StageFailedException">The holder is alive.</exception>
    public static async Task<Lease> TakeAsync(
        Broker broker, string dataset, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var key = Names.SinkLeaseKey(dataset);
        var holder = $"process {Environment.ProcessId} on {Environment.MachineName}";
        var patience = await AgeAsync(broker, cancellationToken) + Margin;
        var started = time.GetTimestamp();
        var told = false;
        while (true)
        {
            if (await Lease.TryTakeAsync(broker, key, holder, logger, cancellationToken) is { } lease)
                return lease;

            var other = await Lease.HolderAsync(broker, key, cancellationToken) ?? "another Sink";
            if (time.GetElapsedTime(started) > patience)
            {
                throw new StageFailedException(
                    ExitCode.Failed,
                    $"The dataset '{dataset}' is being written by {other}. Stop that Sink, or set another Sink__Dataset and Sink__Output.");
            }

            if (!told)
                Log.LeaseHeld(logger, dataset, other, patience);
            told = true;
            await Task.Delay(broker.Queue.LeaseAge / 20, time, cancellationToken);
        }
    }

    /// <summary>How long a lease outlives its holder: as the bucket was made, perhaps with other settings than this process has.</summary>
    private static async ValueTask<TimeSpan> AgeAsync(Broker broker, CancellationToken cancellationToken)
    {
        var live = await broker.KeyValue.GetStoreAsync(broker.Names.LiveBucket, cancellationToken);
        return (await live.GetStatusAsync(cancellationToken)).Info.Config.MaxAge;
    }
}
