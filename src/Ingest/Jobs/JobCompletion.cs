using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Ingest.Jobs;

/// <summary>Watches a job whose records have all been published, until it is complete or something of it went missing.</summary>
internal sealed class JobCompletion(Broker broker, JobLedger ledger, JobSpec spec, long total, BrokerPatience patience, TimeProvider time)
{
    // A look is work for the broker, on cores that the lanes could use: a job that takes long is looked at less often.
    private const int LooksAWait = 10;
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MostInterval = TimeSpan.FromSeconds(2);

    /// <summary>Ordinals that are durable or dead, as of the last look.</summary>
    internal long Done { get; private set; }

    /// <summary>Returns when all ordinals are done, or when nothing is queued anywhere and some are not.</summary>
    internal async Task<JobOutlook> WaitAsync(CancellationToken cancellationToken)
    {
        // A look is several questions, and the server counts what it has just stored a moment later: believe only two in a row.
        IntervalSet? missingBefore = null;
        var began = time.GetTimestamp();
        while (true)
        {
            var outlook = await patience.ExecuteAsync(LookAsync, cancellationToken);
            if (outlook.Completed is not null)
                return outlook;
            if (outlook.Missing is { } missing && missingBefore?.ToString() == missing.ToString())
                return outlook;
            missingBefore = outlook.Missing;
            var interval = time.GetElapsedTime(began) / LooksAWait;
            await Task.Delay(TimeSpan.FromTicks(Math.Clamp(interval.Ticks, LeastInterval.Ticks, MostInterval.Ticks)), time, cancellationToken);
        }
    }

    private async ValueTask<JobOutlook> LookAsync(CancellationToken cancellationToken)
    {
        // In the direction of the flow: what has left one queue before the look at it is found in the next one, or in the state.
        var names = broker.Names;
        var isQuiet = await IsEmptyAsync(names.PairsStream, names.PairsConsumer(spec.Job), cancellationToken)
            && await IsEmptyAsync(names.ScoresStream, names.SinkConsumer(spec.Dataset), cancellationToken)
            && await IsEmptyAsync(names.DeadStream, names.SinkConsumer(spec.Dataset), cancellationToken);
        var sink = await ledger.SinkAsync(spec.Job, cancellationToken);
        if (sink is { Complete: true })
            return new JobOutlook(sink, null);

        var done = IntervalSet.Parse(sink?.Done ?? "");
        Done = done.Count;
        var missing = new IntervalSet();
        if (isQuiet)
        {
            foreach (var (first, last) in done.Missing(total))
                missing.AddRange(first, last);
        }

        return new JobOutlook(null, missing.Count > 0 ? missing : null);
    }

    /// <summary>Whether nothing is queued. A consumer that is not there belongs to a stage that has not started: not empty.</summary>
    private async ValueTask<bool> IsEmptyAsync(string stream, string consumer, CancellationToken cancellationToken) =>
        await ledger.LagAsync(stream, consumer, cancellationToken) is { Pending: 0, AckPending: 0 };
}
