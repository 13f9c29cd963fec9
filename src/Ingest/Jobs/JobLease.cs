using Microsoft.Extensions.Logging;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Ingest.Jobs;

/// <summary>
/// Keeps a second Ingest away from a job. That is a courtesy: what makes two of them harmless is the revision of the job's state. So a
/// lease lost in an outage of the broker is taken again, and does not end the work.
/// </summary>
internal sealed class JobLease : IAsyncDisposable
{
    private readonly Broker _broker;
    private readonly string _job;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keeping;

    private JobLease(Broker broker, string job, Lease lease, ILogger logger, TimeProvider time)
    {
        _broker = broker;
        _job = job;
        _logger = logger;
        _time = time;
        _keeping = KeepAsync(lease);
    }

    /// <summary>Takes the lease of a job; waits for one that a killed process left to expire.</summary>
    /// <exception cref="StageFailedException">A live process holds it.</exception>
    internal static async Task<JobLease> TakeAsync(
        Broker broker, string job, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = Names.IngestLeaseKey(job);
        var lease = await Lease.TakeAsync(broker, key, (holder, _) => Log.LeaseHeld(logger, job, holder), logger, cancellationToken)
            ?? throw new StageFailedException(
                ExitCode.Failed,
                $"The job '{job}' is being ingested by {await Lease.HolderAsync(broker, key, cancellationToken) ?? "another Ingest"}; "
                + "let that finish, or give this one another name (--job).");
        return new JobLease(broker, job, lease, logger, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _stop.Dispose();
    }

    private async Task KeepAsync(Lease lease)
    {
        while (true)
        {
            await using (lease)
            {
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, lease.Lost);
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (_stop.IsCancellationRequested)
                return;
            Log.LeaseLost(_logger, _job);
            if (await TakeAgainAsync() is not { } again)
                return;
            lease = again;
        }
    }

    /// <summary>Null when it is no longer wanted.</summary>
    private async Task<Lease?> TakeAgainAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (await Lease.TryTakeAsync(_broker, Names.IngestLeaseKey(_job), LeaseHolder.Current, _logger, _stop.Token) is { } lease)
                    return lease;
            }
            catch (Exception e) when (e is NATS.Client.Core.NatsException or OperationCanceledException)
            {
                // Still away, or stopping.
            }

            await Task.Delay(_broker.Queue.LeaseAge / 20, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }
}
