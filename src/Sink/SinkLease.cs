using Microsoft.Extensions.Logging;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Sink;

/// <summary>Takes the dataset's lease, after an earlier holder has let it go or has died.</summary>
internal static class SinkLease
{
    /// <exception cref="StageFailedException">The holder is alive.</exception>
    public static async Task<Lease> TakeAsync(Broker broker, string dataset, ILogger logger, CancellationToken cancellationToken)
    {
        var key = Names.SinkLeaseKey(dataset);
        return await Lease.TakeAsync(
                broker, key, (holder, patience) => Log.LeaseHeld(logger, dataset, holder, patience), logger, cancellationToken)
            ?? throw new StageFailedException(
                ExitCode.Failed,
                $"The dataset '{dataset}' is being written by {await Lease.HolderAsync(broker, key, cancellationToken) ?? "another Sink"}. "
                + "Stop that Sink, or set another Sink__Dataset and Sink__Output.");
    }
}
