using Microsoft.Extensions.Logging;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.Sink.Dataset;
using Rerank.Sink.Dedup;
using Rerank.Sink.Writing;

namespace Rerank.Sink;

/// <summary>The jobs of the dataset: those whose files are there, and those that are heard of. Not thread-safe.</summary>
internal sealed class SinkJobs(WriteContext context, KvDocuments documents, JobFlusher flusher, ILogger logger)
{
    private readonly Dictionary<string, SinkJob> _jobs = [];

    public IReadOnlyCollection<SinkJob> All => _jobs.Values;

    /// <summary>Reads what is in the dataset, and tells the jobs' states, which a crash may have kept from being told.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var recovery = new DatasetRecovery(context.Folder, context.Dataset, context.Epoch, logger);
        foreach (var recovered in await recovery.ReadAsync(cancellationToken))
        {
            var manifest = recovered.WasRebuilt ? await WithDeadAsync(recovered.Manifest, cancellationToken) : recovered.Manifest;
            var job = new SinkJob(new JobWriter(manifest, context)) { LoggedRows = manifest.Rows };
            _jobs.Add(manifest.Job, job);
            await RefreshAsync(job, cancellationToken);
            await flusher.SaveAsync(job, cancellationToken);
        }
    }

    /// <summary>The job of that name, made if it is new.</summary>
    public async ValueTask<SinkJob> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_jobs.TryGetValue(name, out var known))
            return known;
        var job = new SinkJob(new JobWriter(new JobManifest { Job = name, Dataset = context.Dataset }, context));
        _jobs.Add(name, job);
        await RefreshAsync(job, cancellationToken);
        return job;
    }

    /// <summary>A job's documents in KV have changed; nothing happens if it is of another dataset.</summary>
    public async ValueTask OnChangedAsync(string name, CancellationToken cancellationToken)
    {
        var spec = await documents.FindAsync(Names.SpecKey(name), WireJson.Default.JobSpec, cancellationToken);
        if (spec is { } found && found.Value.Dataset == context.Dataset && Name.IsValid(name))
            await RefreshAsync(await GetAsync(name, cancellationToken), cancellationToken);
    }

    /// <summary>The job is not complete any more.</summary>
    public void Reopen(SinkJob job, string reason)
    {
        Log.JobReopened(logger, job.Writer.Job, reason);
        job.Writer.Reopen();
    }

    /// <summary>Takes over what KV says of a job.</summary>
    private async ValueTask RefreshAsync(SinkJob job, CancellationToken cancellationToken)
    {
        var writer = job.Writer;
        if (await documents.FindAsync(Names.SpecKey(writer.Job), WireJson.Default.JobSpec, cancellationToken) is { Value: var spec }
            && spec.Dataset == context.Dataset
            && writer.SetSpec(spec) is { Count: > 0 } differences)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage,
                $"The job '{writer.Job}' is not the one that {context.Folder.ScoresOf(writer.Job)} holds: {string.Join("; ", differences)}. "
                + "Give the new job another name, or write it to another output folder.");
        }

        if (await documents.FindAsync(Names.IngestKey(writer.Job), WireJson.Default.IngestState, cancellationToken) is not { Value: var ingest })
            return;
        job.Closed = ingest.Closed;
        if (job is { IsPublished: true, Closed: false, Writer.Complete: true })
            Reopen(job, "it was opened again");
        if (ingest.Total is { } total)
            writer.SetTotal(total);
        if (writer.WouldBeDone)
            await flusher.FlushAsync(job, cancellationToken);
    }

    /// <summary>Dead letters are in no footer; the last state that was told has them, if all the rows that it counted are still there.</summary>
    private async ValueTask<JobManifest> WithDeadAsync(JobManifest manifest, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(Names.SinkKey(manifest.Job), WireJson.Default.SinkState, cancellationToken) is not { Value: var state })
            return manifest;
        var dead = LostDead.Find(IntervalSet.Parse(manifest.Written), state);
        return dead is null ? manifest : manifest with { Dead = dead.Count, DeadOrdinals = dead.ToString() };
    }
}
