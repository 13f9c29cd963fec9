using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Rerank.Ingest.Jobs;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Running;

/// <summary>What a broker still has to do for a job that looks complete: <c>dead retry</c> may have put pairs back.</summary>
internal static class PendingWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Pairs of the job wait to be scored, or scores to be written.</summary>
    internal static async Task<bool> ExistsAsync(Broker broker, JobSpec spec, CancellationToken cancellationToken) =>
        await HasMessageAsync(broker, broker.Names.PairsStream, broker.Names.PairsSubject(spec.Job), cancellationToken)
        || await HasMessageAsync(broker, broker.Names.ScoresStream, broker.Names.ScoresSubject(spec.Dataset, spec.Job), cancellationToken);

    /// <summary>Some job of a private broker is not complete, or has dead letters that can be shown and retried.</summary>
    internal static async Task<bool> IsKeptForAsync(Broker broker, CancellationToken cancellationToken)
    {
        var ledger = await JobLedger.OpenAsync(broker, cancellationToken);
        await foreach (var job in ledger.ListAsync(cancellationToken))
        {
            if (job.Sink is not { Complete: true, Dead: 0 })
                return true;
        }

        return false;
    }

    /// <summary>
    /// Returns when the dataset's Sink has read all that is on DEAD. Ingest ends at once when the Sink's last word is that the job is
    /// complete, and a retry that the Sink has not read yet makes that word an old one.
    /// </summary>
    internal static async Task UntilSinkHasReadDeadAsync(Broker broker, JobSpec spec, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await HasMessageAsync(broker, broker.Names.DeadStream, broker.Names.DeadOfDataset(spec.Dataset), cancellationToken))
            return;
        var consumer = await broker.Setup.EnsureDeadConsumerAsync(spec.Dataset, cancellationToken);
        while (consumer.Info is not { NumPending: 0, NumAckPending: 0 })
        {
            await Task.Delay(Interval, time, cancellationToken);
            await consumer.RefreshAsync(cancellationToken);
        }
    }

    private static async Task<bool> HasMessageAsync(Broker broker, string stream, string subject, CancellationToken cancellationToken)
    {
        try
        {
            var found = await broker.JetStream.GetStreamAsync(stream, cancellationToken: cancellationToken);
            await found.GetAsync(new StreamMsgGetRequest { NextBySubj = subject, Seq = 1 }, cancellationToken);
            return true;
        }
        catch (NatsJSApiException e) when (e.Error.ErrCode == JetStreamError.NoMessage)
        {
            return false;
        }
    }
}
