using Rerank.Ingest.Jobs;
using Rerank.Ingest.Sources;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Ingest.Publishing;

/// <summary>Publishes the records of a source, each under its ordinal, from the job's checkpoint to the source's end.</summary>
internal sealed class SourcePublisher(
    SourceFile source, RecordPublisher publisher, JobCheckpoint checkpoint, IngestOptions options, IngestCounters counters, TimeProvider time)
{
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long a stopping Ingest waits for the acknowledgements of what is on its way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly PublishWindow _window = new(options.MaxInFlight, ProgressOf(checkpoint.State));
    private readonly ErrorBudget _budget = new(source.DisplayName, options.MaxErrors, checkpoint.State.Bad);
    private long _checkpointed = time.GetTimestamp();

    /// <summary>What the source looks like if none of its records was a pair.</summary>
    internal string? Guess => _budget.Guess;

    /// <summary>Returns when every record is stored by the broker and the state holds the total.</summary>
    /// <exception cref="StageFailedException">The source cannot be read, or has too many bad records; the checkpoint is written.</exception>
    internal async Task PublishAllAsync(CancellationToken stopping)
    {
        using var impatience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        try
        {
            var end = await PublishRecordsAsync(impatience.Token, stopping);
            await _window.DrainAsync(stopping);
            source.EnsureUnchanged(stopping);
            await SaveAsync(total: end.Ordinal, stopping);
        }
        catch (Exception e) when (e is OperationCanceledException or StageFailedException)
        {
            impatience.CancelAfter(Grace);
            await SaveWhatArrivedAsync();
            throw;
        }
    }

    private static SourceProgress ProgressOf(IngestState state) =>
        new(new SourcePosition(state.NextOrdinal, state.Offset, state.Line), state.Bad);

    private async Task<SourcePosition> PublishRecordsAsync(CancellationToken impatience, CancellationToken stopping)
    {
        var start = ProgressOf(checkpoint.State).Position;
        var run = checkpoint.State.Run;
        await using var records = await source.OpenAsync(start, stopping);
        while (await source.ReadAsync(records, stopping) is { } record)
        {
            // Standard input begins at its first record again.
            if (record.Position.Ordinal < start.Ordinal)
                continue;

            var decoded = RecordDecoder.Decode(record, options.MaxDocumentBytes);
            if (decoded.Pair is null)
                _budget.Spend(record, decoded);
            var publish = publisher.PublishAsync(record, decoded, run, impatience);
            var progress = new SourceProgress(records.Position, _budget.Bad);
            counters.Set(progress);
            await _window.AddAsync(publish, progress, stopping);
            if (IsCheckpointDue())
                await SaveAsync(total: null, stopping);
        }

        return records.Position;
    }

    private bool IsCheckpointDue()
    {
        var ahead = _window.Acknowledged.Position.Ordinal - checkpoint.State.NextOrdinal;
        return ahead >= options.CheckpointEvery || (ahead > 0 && time.GetElapsedTime(_checkpointed) >= CheckpointInterval);
    }

    private async Task SaveAsync(long? total, CancellationToken cancellationToken)
    {
        var (position, bad) = _window.Acknowledged;
        var state = checkpoint.State with
        {
            NextOrdinal = position.Ordinal,
            Offset = position.Offset,
            Line = position.Line,
            Bad = bad,
            Total = total,
        };
        await checkpoint.SaveAsync(state, cancellationToken);
        _checkpointed = time.GetTimestamp();
    }

    /// <summary>What has been acknowledged need not be published again.</summary>
    private async Task SaveWhatArrivedAsync()
    {
        try
        {
            await _window.DrainAsync(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // Those left are published again on resuming; the Sink drops what is there twice.
        }

        using var patience = new CancellationTokenSource(Grace, time);
        try
        {
            await SaveAsync(total: null, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The broker is away: the last checkpoint will have to do.
        }
    }
}
