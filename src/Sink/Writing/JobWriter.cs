using System.Text.Json;
using Rerank.Shared.Contracts;
using Rerank.Sink.Dataset;
using Rerank.Sink.Dedup;
using Rerank.Sink.Parquet;

namespace Rerank.Sink.Writing;

/// <summary>
/// One job's part of the dataset: takes batches and dead letters, drops duplicates, and brings files and manifest into place. Knows no
/// broker. Not thread-safe.
/// </summary>
internal sealed class JobWriter
{
    private readonly WriteContext _context;
    private readonly JobProgress _progress;
    private readonly JobBuffer _buffer;
    private readonly JobFiles _files;
    private readonly SuccessMark _success;

    /// <param name="manifest">What is in the dataset, see <see cref="DatasetRecovery"/>.</param>
    /// <param name="context">Where it is written.</param>
    public JobWriter(JobManifest manifest, WriteContext context)
    {
        _context = context;
        _progress = JobProgress.From(manifest);
        _buffer = new JobBuffer(_progress, context);
        _files = new JobFiles(manifest, context);
        _success = new SuccessMark(manifest.Job, context);
        Job = manifest.Job;
        Spec = manifest.Spec;
        Total = manifest.Total;
        Complete = manifest.Complete;
        HasUnsavedState = manifest.Complete != _success.IsThere;
    }

    public string Job { get; }

    public JobSpec? Spec { get; private set; }

    public long? Total { get; private set; }

    public bool Complete { get; private set; }

    /// <summary>The manifest on disk is behind.</summary>
    public bool HasUnsavedState { get; private set; }

    /// <summary>Rows that are not durable yet.</summary>
    public long BufferedRows => _buffer.Rows;

    /// <summary>Rows or timings that are not durable yet.</summary>
    public bool HasBuffered => !_buffer.IsEmpty;

    public long WrittenRows => _progress.Written.Count;

    public long DeadLetters => _progress.Dead.Count;

    public bool IsRetrying => _progress.IsRetrying;

    /// <summary>The file is as large as one should get.</summary>
    public bool IsFull => _buffer.IsFull;

    /// <summary>Closing the file now would complete the job.</summary>
    public bool WouldBeDone => !Complete && Total is { } total && _progress.WouldBeDone(total);

    /// <summary>What the job is, seen for the first time, or again.</summary>
    /// <returns>What differs from what was seen before; nothing may be written then.</returns>
    public IReadOnlyList<string> SetSpec(JobSpec spec)
    {
        if (Spec is not null)
            return spec.DifferencesFrom(Spec);
        Spec = spec;
        HasUnsavedState = true;
        return [];
    }

    public void SetTotal(long total)
    {
        if (Total == total)
            return;
        Total = total;
        HasUnsavedState = true;
    }

    /// <inheritdoc cref="JobBuffer.Accept"/>
    public bool Accept(ScoredBatch batch, long durableUs) => _buffer.Accept(batch, durableUs);

    /// <summary>Takes a dead letter, or the word that its pair was published again; false if it changes nothing.</summary>
    /// <exception cref="FormatException">The ordinal cannot be part of this job.</exception>
    public bool Accept(DeadLetter letter, long atUs)
    {
        if (letter.Ordinal is not { } own)
            return false;
        var ordinal = _progress.OrdinalOf(new PairIdentity(letter.Epoch, own));
        var changed = letter.Kind == DeadLetterKind.Letter ? _progress.OnLetter(ordinal, atUs) : _progress.OnRetry(ordinal, atUs);
        HasUnsavedState |= changed;
        return changed;
    }

    /// <summary>Writes row groups that are full.</summary>
    /// <exception cref="NoRoomException">The disk is full; what was taken is kept in memory.</exception>
    /// <exception cref="IOException">What was taken is in doubt: <see cref="AbandonAsync"/>.</exception>
    public ValueTask SpillAsync(CancellationToken cancellationToken) => _buffer.SpillAsync(cancellationToken);

    /// <summary>Closes the files of everything that was taken and brings them into the dataset, timings before scores.</summary>
    /// <param name="lost">Fires when the dataset may belong to somebody else: nothing is renamed after that.</param>
    /// <exception cref="NoRoomException">The disk is full; what was taken is kept.</exception>
    /// <exception cref="IOException">What was taken is in doubt: <see cref="AbandonAsync"/>.</exception>
    /// <exception cref="EpochEndedException">The dataset is in doubt.</exception>
    public async Task FlushAsync(CancellationToken lost)
    {
        if (!HasBuffered)
            return;
        _context.RequireRoom();

        var number = _files.NextNumber();
        var scoresName = _buffer.Rows > 0 ? PartName.Scores(_progress.Buffered, number) : null;
        var scoresPath = scoresName is null ? null : await _buffer.CloseScoresAsync(ScoresFooter(), lost);
        var batches = await _buffer.CloseBatchesAsync(ids => FooterOf(BatchesRows.TableName, "", ids, scoresName), lost);
        try
        {
            foreach (var (date, path) in batches)
                _files.MoveInBatches(path, date, number, lost);
            if (scoresPath is not null)
                _files.MoveInScores(scoresPath, scoresName!, lost);
        }
        catch (IOException e)
        {
            throw new EpochEndedException($"files could not be brought into the dataset ({e.Message})");
        }

        _buffer.Commit();
        HasUnsavedState = true;
    }

    /// <summary>Forgets everything that was taken since the last flush; it must be delivered again.</summary>
    public ValueTask AbandonAsync() => _buffer.DropAsync();

    /// <summary>Completes an ingested job whose every ordinal is durable; true if this call did.</summary>
    public bool TryComplete()
    {
        if (Complete || Total is not { } total || !_progress.IsDone(total))
            return false;
        MarkComplete();
        return true;
    }

    /// <summary>Completes a job of which nothing is left anywhere. Takes effect with <see cref="SaveAsync"/>.</summary>
    public void MarkComplete()
    {
        Complete = true;
        HasUnsavedState = true;
    }

    /// <summary>The job is not complete any more: its <c>_SUCCESS</c> goes at once.</summary>
    public void Reopen()
    {
        Complete = false;
        HasUnsavedState = true;
        _success.Remove();
    }

    /// <summary>Writes the manifest, and <c>_SUCCESS</c> if the job is complete.</summary>
    public async Task SaveAsync(CancellationToken lost)
    {
        lost.ThrowIfCancellationRequested();
        DurableFile.MakeFolder(_context.Folder.ScoresOf(Job));
        if (!Complete)
            _success.Remove();
        else if (_files.Scores.Count == 0)
            await WriteEmptyFileAsync(lost);

        lost.ThrowIfCancellationRequested();
        _context.Epoch.Replace(
            _context.Folder.ManifestOf(Job), JsonSerializer.SerializeToUtf8Bytes(ToManifest(), DatasetJson.Default.JobManifest));
        if (Complete)
            _success.Write(_progress);
        HasUnsavedState = false;
    }

    public JobManifest ToManifest() => new()
    {
        Job = Job,
        Dataset = _context.Dataset,
        Spec = Spec,
        Total = Total,
        Complete = Complete,
        Rows = _progress.Written.Count,
        Dead = _progress.Dead.Count,
        Written = _progress.Written.ToString(),
        DeadOrdinals = _progress.Dead.ToString(),
        Epochs = _progress.Epochs.All,
        Retries = [.. _progress.Retries],
        BatchIds = _progress.BatchIds.ToText(),
        Scores = _files.Scores,
        Batches = _files.Batches,
    };

    public SinkState ToSinkState() =>
        new(SinkStateText.Of(_progress.Done()), _progress.Written.Count, _progress.Dead.Count, Complete, _context.Folder.Path);

    // DuckDB and others refuse a glob without files: a job without rows still has the schema.
    private async Task WriteEmptyFileAsync(CancellationToken lost)
    {
        var path = await new TablePart<ScoresRows>(new ScoresRows(), _context).CloseAsync(ScoresFooter(), lost);
        _files.MoveInScores(path, PartName.Empty(_files.NextNumber()), lost);
    }

    private Footer ScoresFooter() => FooterOf(ScoresRows.TableName, _progress.Buffered.ToString(), _progress.BufferedBatchIds, null);

    private Footer FooterOf(string table, string ordinals, BatchIdSet batchIds, string? scoresFile) => new()
    {
        Table = table,
        Dataset = _context.Dataset,
        Job = Job,
        Ordinals = ordinals,
        Epochs = _progress.Epochs.All,
        BatchIds = batchIds.ToText(),
        Spec = Spec,
        ScoresFile = scoresFile,
    };
}
