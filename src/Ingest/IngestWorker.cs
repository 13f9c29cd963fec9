using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rerank.Ingest.Jobs;
using Rerank.Ingest.Publishing;
using Rerank.Ingest.Sources;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Ingest;

/// <summary>Source → records → PAIRS (bad ones → DEAD), then waits until the dataset holds all of them.</summary>
internal sealed class IngestWorker(
    IOptions<IngestOptions> ingest,
    IOptions<NatsOptions> nats,
    IOptions<QueueOptions> queue,
    StageOutcome outcome,
    ILoggerFactory loggers,
    ILogger<IngestWorker> logger,
    TimeProvider time) : BackgroundService
{
    // Not read before ExecuteAsync: by then all sections have been validated, and their errors told together.
    private IngestOptions Options => ingest.Value;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => outcome.RunAsync(RunAsync, stoppingToken);

    private async Task<int> RunAsync(CancellationToken stopping)
    {
        var source = SourceFile.Inspect(Options.Input!, Options.Format, stopping);
        var spec = JobSpecs.For(Options, source, time);
        await using var broker = await Broker.ConnectAsync(nats.Value, queue.Value, "rerank-ingest", loggers, time, stopping);
        var ledger = await JobLedger.OpenAsync(broker, stopping);
        await ledger.RegisterAsync(spec, stopping);
        Log.JobStarts(logger, spec.Job, source.Name, spec.Dataset, spec.Model);
        if (await ledger.SinkAsync(spec.Job, stopping) is { Complete: true } complete)
        {
            Log.AlreadyComplete(logger, spec.Job, complete.Written, complete.Dead, complete.Output);
            return ExitCodeOf(complete);
        }

        await using var lease = await JobLease.TakeAsync(broker, spec.Job, logger, time, stopping);
        var patience = new BrokerPatience(time);
        var checkpoint = await JobCheckpoint.OpenAsync(ledger.Documents, spec.Job, NewRun(), patience, stopping);
        var publisher = new RecordPublisher(broker, spec, source.DisplayName);

        var total = checkpoint.State.Total ?? await PublishSourceAsync(broker, source, publisher, checkpoint, spec.Job, stopping);
        var completion = new JobCompletion(broker, ledger, spec, total, patience, time);
        var lost = new LostRecords(source, publisher, checkpoint, Options);
        return ExitCodeOf(await CompleteAsync(spec.Job, total, completion, lost, stopping));
    }

    private static int ExitCodeOf(SinkState complete) => complete.Dead > 0 ? ExitCode.DoneWithDeadLetters : ExitCode.Done;

    private static string NewRun() => Guid.NewGuid().ToString("N")[..8];

    /// <summary>Publishes what the source still holds; the number of its records.</summary>
    private async Task<long> PublishSourceAsync(
        Broker broker, SourceFile source, RecordPublisher publisher, JobCheckpoint checkpoint, string job, CancellationToken stopping)
    {
        if (checkpoint.State.NextOrdinal > 0)
            Log.JobResumes(logger, job, checkpoint.State.NextOrdinal);

        var counters = new IngestCounters();
        var records = new SourcePublisher(source, publisher, checkpoint, Options, counters, time);
        await using (ProgressLines.Start(time, () => Log.Publishing(logger, job, counters.Records, counters.Bad, Waiting(broker.Publisher))))
            await records.PublishAllAsync(stopping);

        var (total, bad) = (checkpoint.State.NextOrdinal, checkpoint.State.Bad);
        Log.SourceEnded(logger, job, total, bad);
        if (bad == total && records.Guess is { } guess)
            Log.NoPairs(logger, job, source.DisplayName, guess);
        return total;
    }

    /// <summary>Waits until all is durable; publishes again what has been lost on the way.</summary>
    private async Task<SinkState> CompleteAsync(
        string job, long total, JobCompletion completion, LostRecords lost, CancellationToken stopping)
    {
        await using var progress = ProgressLines.Start(time, () => Log.Waiting(logger, job, completion.Done, total));
        while (true)
        {
            var (completed, missing) = await completion.WaitAsync(stopping);
            if (completed is not null)
            {
                Log.Complete(logger, job, completed.Written, completed.Dead, completed.Output);
                return completed;
            }

            Log.Missing(logger, job, missing!.Count, total);
            await lost.PublishAgainAsync(missing, stopping);
        }
    }

    private static string Waiting(StreamPublisher publisher) => publisher.Waiting is { } reason ? $", waiting: {reason}" : "";
}
