using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Ingest.Jobs;

/// <summary>
/// A job's <see cref="IngestState"/>, written by revision: whoever finds that another start of Ingest wrote it stops. Not thread-safe.
/// </summary>
internal sealed class JobCheckpoint
{
    private readonly KvDocuments _jobs;
    private readonly string _job;
    private readonly BrokerPatience _patience;
    private ulong _revision;

    private JobCheckpoint(KvDocuments jobs, string job, BrokerPatience patience, KvEntry<IngestState> entry)
    {
        _jobs = jobs;
        _job = job;
        _patience = patience;
        State = entry.Value;
        _revision = entry.Revision;
    }

    internal IngestState State { get; private set; }

    /// <summary>Makes the state, or takes over the one that is there, for one start of Ingest.</summary>
    internal static async Task<JobCheckpoint> OpenAsync(
        KvDocuments jobs, string job, string run, BrokerPatience patience, CancellationToken cancellationToken)
    {
        var key = Names.IngestKey(job);
        var start = new IngestState(run, NextOrdinal: 0, Offset: 0, Line: 1, Bad: 0, Total: null, Closed: false, LostRounds: 0);
        await patience.ExecuteAsync(
            async token => await jobs.TryCreateAsync(key, start, WireJson.Default.IngestState, token), cancellationToken);
        var entry = await patience.ExecuteAsync(
            async token => await jobs.FindAsync(key, WireJson.Default.IngestState, token), cancellationToken);
        var checkpoint = new JobCheckpoint(
            jobs, job, patience, entry ?? throw new StageFailedException(ExitCode.Failed, $"The state of job '{job}' vanished."));
        if (checkpoint.State.Run != run)
            await checkpoint.SaveAsync(checkpoint.State with { Run = run }, cancellationToken);
        return checkpoint;
    }

    /// <summary>Writes the state; waits while the broker is away.</summary>
    /// <exception cref="StageFailedException">Another Ingest has taken over the job.</exception>
    internal async Task SaveAsync(IngestState state, CancellationToken cancellationToken)
    {
        var revision = await _patience.ExecuteAsync(token => TryWriteAsync(state, token), cancellationToken);
        _revision = revision ?? throw new StageFailedException(
            ExitCode.Failed, $"Another process is ingesting the job '{_job}'; this one stops. Only one may, and the other goes on.");
        State = state;
    }

    private async ValueTask<ulong?> TryWriteAsync(IngestState state, CancellationToken cancellationToken)
    {
        var key = Names.IngestKey(_job);
        if (await _jobs.TryUpdateAsync(key, state, _revision, WireJson.Default.IngestState, cancellationToken) is { } revision)
            return revision;

        // An earlier try may have been stored although its answer was lost; then the state is the one to be written.
        var entry = await _jobs.FindAsync(key, WireJson.Default.IngestState, cancellationToken);
        return entry is { } found && found.Value == state ? found.Revision : null;
    }
}
