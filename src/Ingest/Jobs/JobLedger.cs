using System.Runtime.CompilerServices;
using NATS.Client.JetStream;
using Rerank.Shared;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Ingest.Jobs;

/// <summary>The jobs of a namespace: what they are, and what has become of them. Thread-safe.</summary>
public sealed class JobLedger
{
    private const string OpenedByHand = "opened";

    private readonly Broker _broker;
    private readonly KvDocuments _jobs;

    private JobLedger(Broker broker, KvDocuments jobs)
    {
        _broker = broker;
        _jobs = jobs;
    }

    internal KvDocuments Documents => _jobs;

    public static async Task<JobLedger> OpenAsync(Broker broker, CancellationToken cancellationToken) =>
        new(broker, await broker.JobsAsync(cancellationToken));

    /// <summary>Makes a job that others publish pairs to, on the subject that is returned. Opening it once more changes nothing.</summary>
    /// <exception cref="StageFailedException">The job exists as another one, or has been closed.</exception>
    public async Task<string> OpenPublishedAsync(
        string job, string dataset, string model, int maxLength, CancellationToken cancellationToken)
    {
        var problems = new[] { NameProblem("job", job), NameProblem("dataset", dataset) }.OfType<string>().ToArray();
        if (problems.Length > 0)
            throw new StageFailedException(ExitCode.WrongUsage, string.Join('\n', problems));

        await RegisterAsync(
            new JobSpec(job, JobKind.Published, dataset, model, maxLength, Source: null, ToolVersion.Text), cancellationToken);
        var state = new IngestState(OpenedByHand, NextOrdinal: 0, Offset: 0, Line: 0, Bad: 0, Total: null, Closed: false, LostRounds: 0);
        if (await _jobs.TryCreateAsync(Names.IngestKey(job), state, WireJson.Default.IngestState, cancellationToken) is null
            && await StateAsync(job, cancellationToken) is { Value.Closed: true })
        {
            throw new StageFailedException(ExitCode.WrongUsage, $"The job '{job}' has been closed; open one of another name.");
        }

        return _broker.Names.PairsSubject(job);
    }

    /// <summary>Says that no more pairs will be published to a job: it is complete once those that are there are done. Can be repeated.</summary>
    /// <exception cref="StageFailedException">There is no such job, or it is an ingested one.</exception>
    public async Task ClosePublishedAsync(string job, CancellationToken cancellationToken)
    {
        var spec = await SpecAsync(job, cancellationToken)
            ?? throw new StageFailedException(ExitCode.WrongUsage, $"There is no job '{job}'.");
        if (spec.Kind != JobKind.Published)
            throw new StageFailedException(ExitCode.WrongUsage, $"The job '{job}' is read from a source and ends with it; it cannot be closed.");

        while (await StateAsync(job, cancellationToken) is { Value.Closed: false } open)
        {
            var closed = open.Value with { Closed = true };
            await _jobs.TryUpdateAsync(Names.IngestKey(job), closed, open.Revision, WireJson.Default.IngestState, cancellationToken);
        }
    }

    /// <summary>Every job, by name.</summary>
    public async IAsyncEnumerable<JobStatus> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var jobs = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var key in _jobs.KeysAsync("*.spec", cancellationToken))
        {
            if (Names.JobOfSpecKey(key) is { } job)
                jobs.Add(job);
        }

        foreach (var job in jobs)
        {
            if (await FindAsync(job, cancellationToken) is { } status)
                yield return status;
        }
    }

    /// <summary>One job, or null if there is none of that name.</summary>
    public async Task<JobStatus?> FindAsync(string job, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(job) || await SpecAsync(job, cancellationToken) is not { } spec)
            return null;
        var state = await StateAsync(job, cancellationToken);
        var sink = await SinkAsync(job, cancellationToken);
        var model = await _jobs.FindAsync(Names.ModelKey(job), WireJson.Default.String, cancellationToken);
        return new JobStatus(spec, state?.Value, sink, model?.Value, await LagAsync(job, cancellationToken));
    }

    /// <summary>Writes the spec of a job that is new, and makes its queue; the spec of one that exists must be the same.</summary>
    /// <exception cref="StageFailedException">It differs; the message lists how.</exception>
    internal async Task RegisterAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        // Before the spec: whoever sees the spec looks for the consumer.
        await _broker.Setup.EnsurePairsConsumerAsync(spec.Job, cancellationToken);
        if (await _jobs.TryCreateAsync(Names.SpecKey(spec.Job), spec, WireJson.Default.JobSpec, cancellationToken) is not null)
            return;

        var stored = await SpecAsync(spec.Job, cancellationToken);
        if (stored is not null && spec.DifferencesFrom(stored) is { Count: > 0 } differences)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage,
                $"The job '{spec.Job}' exists and is another one: {string.Join("; ", differences)}. "
                + "Give this one a name of its own with --job (Ingest__Job), or repeat the first command to resume.");
        }
    }

    internal async ValueTask<SinkState?> SinkAsync(string job, CancellationToken cancellationToken) =>
        (await _jobs.FindAsync(Names.SinkKey(job), WireJson.Default.SinkState, cancellationToken))?.Value;

    internal ValueTask<QueueLag?> LagAsync(string job, CancellationToken cancellationToken) =>
        LagAsync(_broker.Names.PairsStream, _broker.Names.PairsConsumer(job), cancellationToken);

    /// <summary>What a durable consumer has before it; null if there is no such consumer.</summary>
    internal async ValueTask<QueueLag?> LagAsync(string stream, string consumer, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _broker.JetStream.GetConsumerAsync(stream, consumer, cancellationToken);
            return new QueueLag((long)found.Info.NumPending, found.Info.NumAckPending);
        }
        catch (NatsJSApiException e) when (e.Error.ErrCode == JetStreamError.ConsumerNotFound)
        {
            return null;
        }
    }

    private static string? NameProblem(string what, string name) =>
        Name.IsValid(name) ? null : $"The {what} '{name}' must be {Name.Rule}.";

    private async ValueTask<JobSpec?> SpecAsync(string job, CancellationToken cancellationToken) =>
        (await _jobs.FindAsync(Names.SpecKey(job), WireJson.Default.JobSpec, cancellationToken))?.Value;

    private ValueTask<KvEntry<IngestState>?> StateAsync(string job, CancellationToken cancellationToken) =>
        _jobs.FindAsync(Names.IngestKey(job), WireJson.Default.IngestState, cancellationToken);
}
