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
    private readonly List<DataFile> _scoresFiles;
    private readonly List<DataFile> _batchesFiles;
    private readonly Dictionary<DateOnly, BatchesPart> _batches = [];
    private TablePart<ScoresRows> _scores;
    private SuccessFile? _success;
    private long _nextNumber;

    /// <param name="manifest">What is in the dataset, see <see cref="DatasetRecovery"/>.</param>
    /// <param name="context">Where it is written.</param>
    public JobWriter(JobManifest manifest, WriteContext context)
    {
        _context = context;
        _progress = JobProgress.From(manifest);
        _scoresFiles = [.. manifest.Scores];
        _batchesFiles = [.. manifest.Batches];
        _scores = new TablePart<ScoresRows>(new ScoresRows(), context);
        _success = SuccessFile.Read(context.Folder.Path, manifest.Job);
        _nextNumber = PartName.HighestNumber(context.Folder, manifest.Job) + 1;
        Job = manifest.Job;
        Spec = manifest.Spec;
        Total = manifest.Total;
        Complete = manifest.Complete;
        HasUnsavedState = manifest.Complete != (_success is not null);
    }

    public string Job { get; }

    public JobSpec? Spec { get; private set; }

    public long? Total { get; private set; }

    public bool Complete { get; private set; }

    /// <summary>The manifest on disk is behind.</summary>
    public bool HasUnsavedState { get; private set; }

    /// <summary>Rows that are not durable yet.</summary>
    public long BufferedRows => _scores.Count;

    /// <summary>Rows or timings that are not durable yet.</summary>
    public bool HasBuffered => _scores.Count > 0 || _batches.Count > 0;

    public long WrittenRows => _progress.Written.Count;

    public long DeadLetters => _progress.Dead.Count;

    public bool IsRetrying => _progress.IsRetrying;

    /// <summary>The file is as large as one should get.</summary>
    public bool IsFull => _scores.Count >= _context.Options.RollRows || _scores.Bytes >= _context.Options.RollBytes;

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

    /// <summary>Takes a batch.</summary>
    /// <returns>False if all of it is durable already, so that nothing needs to wait for a flush.</returns>
    /// <exception cref="FormatException">The batch cannot be part of this job; nothing of it was taken.</exception>
    public bool Accept(ScoredBatch batch, long durableUs)
    {
        var ordinals = new long[batch.Rows.Count];
        for (var i = 0; i < ordinals.Length; i++)
            ordinals[i] = _progress.OrdinalOf(new PairIdentity(batch.Epoch, batch.Rows[i].Ordinal));

        var waits = false;
        var written = new int[batch.Passes.Count];
        for (var i = 0; i < ordinals.Length; i++)
        {
            if (_progress.TryBuffer(ordinals[i]))
            {
                _scores.Rows.Add(ordinals[i], batch.Rows[i], batch, durableUs);
                written[batch.Rows[i].Pass]++;
            }

            waits |= !_progress.Written.Contains(ordinals[i]);
        }

        for (var i = 0; i < written.Length; i++)
        {
            var pass = batch.Passes[i];
            // A pass that is known and yet has new rows: a scorer that uses its ids twice. Rows written must still add up.
            if (_progress.TryBufferPass(pass.BatchId) || written[i] > 0)
                PartOf(pass).Add(batch, pass, written[i], durableUs);
            waits |= !_progress.BatchIds.Contains(pass.BatchId);
        }

        return waits;
    }

    /// <summary>Writes row groups that are full.</summary>
    /// <exception cref="NoRoomException">The disk is full; what was taken is kept in memory.</exception>
    /// <exception cref="IOException">What was taken is in doubt: <see cref="AbandonAsync"/>.</exception>
    public async ValueTask SpillAsync(CancellationToken cancellationToken)
    {
        await _scores.SpillIfFullAsync(cancellationToken);
        foreach (var batches in _batches.Values)
            await batches.Part.SpillIfFullAsync(cancellationToken);
    }

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

        var number = _nextNumber++;
        var scoresName = _scores.Count > 0 ? PartName.Scores(_progress.Buffered, number) : null;
        var scoresPath = scoresName is null ? null : await _scores.CloseAsync(ScoresFooter(), lost);
        var batchesPaths = new List<(DateOnly Date, string Path)>();
        foreach (var (date, part) in _batches)
            batchesPaths.Add((date, await part.Part.CloseAsync(BatchesFooter(part.BatchIds, scoresName), lost)));

        try
        {
            foreach (var (date, path) in batchesPaths)
                _batchesFiles.Add(MoveIn(path, _context.Folder.BatchesOf(date), PartName.Batches(Job, number), lost));
            if (scoresPath is not null)
                _scoresFiles.Add(MoveIn(scoresPath, _context.Folder.ScoresOf(Job), scoresName!, lost));
        }
        catch (IOException e)
        {
            throw new EpochEndedException($"files could not be brought into the dataset ({e.Message})");
        }

        _progress.Commit();
        _batches.Clear();
        _scores = new TablePart<ScoresRows>(new ScoresRows(), _context);
        HasUnsavedState = true;
    }

    /// <summary>Forgets everything that was taken since the last flush; it must be delivered again.</summary>
    public async ValueTask AbandonAsync()
    {
        await _scores.DropAsync();
        foreach (var batches in _batches.Values)
            await batches.Part.DropAsync();
        _batches.Clear();
        _progress.DropBuffered();
    }

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
        RemoveSuccess();
    }

    /// <summary>Writes the manifest, and <c>_SUCCESS</c> if the job is complete.</summary>
    public async Task SaveAsync(CancellationToken lost)
    {
        lost.ThrowIfCancellationRequested();
        DurableFile.MakeFolder(_context.Folder.ScoresOf(Job));
        if (!Complete)
            RemoveSuccess();
        else if (_scoresFiles.Count == 0)
            await WriteEmptyFileAsync(lost);

        lost.ThrowIfCancellationRequested();
        _context.Epoch.Replace(
            _context.Folder.ManifestOf(Job), JsonSerializer.SerializeToUtf8Bytes(ToManifest(), DatasetJson.Default.JobManifest));
        if (Complete)
            WriteSuccess();
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
        Scores = _scoresFiles,
        Batches = _batchesFiles,
    };

    public SinkState ToSinkState() =>
        new(SinkStateText.Of(_progress.Done()), _progress.Written.Count, _progress.Dead.Count, Complete, _context.Folder.Path);

    private BatchesPart PartOf(PassTiming pass)
    {
        var date = DateOnly.FromDateTime(Timestamps.FromUs(pass.StartedUs));
        if (!_batches.TryGetValue(date, out var part))
            _batches.Add(date, part = new BatchesPart(new TablePart<BatchesRows>(new BatchesRows(), _context)));
        return part;
    }

    private DataFile MoveIn(string path, string folder, string name, CancellationToken lost)
    {
        DurableFile.MakeFolder(folder);
        var target = Path.Combine(folder, name);
        lost.ThrowIfCancellationRequested();
        _context.Epoch.MoveIn(path, target);
        DurableFile.SyncFolder(folder);
        return new DataFile(_context.Folder.Relative(target), new FileInfo(target).Length);
    }

    // DuckDB and others refuse a glob without files: a job without rows still has the schema.
    private async Task WriteEmptyFileAsync(CancellationToken lost)
    {
        var path = await new TablePart<ScoresRows>(new ScoresRows(), _context).CloseAsync(ScoresFooter(), lost);
        _scoresFiles.Add(MoveIn(path, _context.Folder.ScoresOf(Job), PartName.Empty(_nextNumber++), lost));
    }

    private void WriteSuccess()
    {
        var success = new SuccessFile(
            Job,
            _progress.Written.Count,
            _progress.Dead.Count,
            _progress.Written.Count + _progress.Dead.Count,
            _progress.Dead.ToString(),
            _context.Time.GetUtcNow());
        if (_success is not null && success with { CompletedAt = _success.CompletedAt } == _success)
            return;
        _context.Epoch.Replace(
            _context.Folder.SuccessOf(Job), JsonSerializer.SerializeToUtf8Bytes(success, DatasetJson.Default.SuccessFile));
        _success = success;
    }

    private void RemoveSuccess()
    {
        _context.Epoch.TakeOut(_context.Folder.SuccessOf(Job));
        _success = null;
    }

    private Footer ScoresFooter() => new()
    {
        Table = ScoresRows.TableName,
        Dataset = _context.Dataset,
        Job = Job,
        Ordinals = _progress.Buffered.ToString(),
        Epochs = _progress.Epochs.All,
        BatchIds = _progress.BufferedBatchIds.ToText(),
        Spec = Spec,
    };

    private Footer BatchesFooter(BatchIdSet batchIds, string? scoresFile) => new()
    {
        Table = BatchesRows.TableName,
        Dataset = _context.Dataset,
        Job = Job,
        Ordinals = "",
        Epochs = _progress.Epochs.All,
        BatchIds = batchIds.ToText(),
        Spec = Spec,
        ScoresFile = scoresFile,
    };
}
