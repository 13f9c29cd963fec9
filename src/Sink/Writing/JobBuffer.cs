using Rerank.Shared.Contracts;
using Rerank.Shared.Telemetry;
using Rerank.Sink.Dataset;
using Rerank.Sink.Dedup;
using Rerank.Sink.Parquet;

namespace Rerank.Sink.Writing;

/// <summary>What of a job was taken and is not in the dataset yet: a future scores file, and a future batches file a date. Not thread-safe.</summary>
internal sealed class JobBuffer(JobProgress progress, WriteContext context)
{
    private readonly Dictionary<DateOnly, BatchesPart> _batches = [];
    private TablePart<ScoresRows> _scores = new(new ScoresRows(), context);

    public long Rows => _scores.Count;

    public bool IsEmpty => _scores.Count == 0 && _batches.Count == 0;

    /// <summary>The file is as large as one should get.</summary>
    public bool IsFull => _scores.Count >= context.Options.RollRows || _scores.Bytes >= context.Options.RollBytes;

    /// <summary>Takes what is new of a batch.</summary>
    /// <returns>False if all of it is durable already, so that nothing needs to wait for a flush.</returns>
    /// <exception cref="FormatException">The batch cannot be part of this job; nothing of it was taken.</exception>
    public bool Accept(ScoredBatch batch, long durableUs)
    {
        var ordinals = new long[batch.Rows.Count];
        for (var i = 0; i < ordinals.Length; i++)
            ordinals[i] = progress.OrdinalOf(new PairIdentity(batch.Epoch, batch.Rows[i].Ordinal));

        var waits = false;
        var written = new int[batch.Passes.Count];
        for (var i = 0; i < ordinals.Length; i++)
        {
            if (progress.TryBuffer(ordinals[i]))
            {
                _scores.Rows.Add(ordinals[i], batch.Rows[i], batch, durableUs);
                written[batch.Rows[i].Pass]++;
            }

            waits |= !progress.Written.Contains(ordinals[i]);
        }

        Instruments.SinkDuplicates.Add(ordinals.Length - written.Sum());
        for (var i = 0; i < written.Length; i++)
        {
            var pass = batch.Passes[i];
            // A pass that is known and yet has new rows: a scorer that uses its ids twice. Rows written must still add up.
            if (progress.TryBufferPass(pass.BatchId) || written[i] > 0)
                PartOf(pass).Add(batch, pass, written[i], durableUs);
            waits |= !progress.BatchIds.Contains(pass.BatchId);
        }

        return waits;
    }

    /// <summary>Writes row groups that are full.</summary>
    /// <exception cref="NoRoomException">The disk is full; what was taken is kept in memory.</exception>
    /// <exception cref="IOException">What was taken is in doubt: <see cref="DropAsync"/>.</exception>
    public async ValueTask SpillAsync(CancellationToken cancellationToken)
    {
        await _scores.SpillIfFullAsync(cancellationToken);
        foreach (var batches in _batches.Values)
            await batches.Part.SpillIfFullAsync(cancellationToken);
    }

    /// <summary>Finishes the temporary scores file and returns its path.</summary>
    public Task<string> CloseScoresAsync(Footer footer, CancellationToken cancellationToken) => _scores.CloseAsync(footer, cancellationToken);

    /// <summary>Finishes the temporary batches files and returns their paths.</summary>
    public async Task<IReadOnlyList<(DateOnly Date, string Path)>> CloseBatchesAsync(
        Func<BatchIdSet, Footer> footer, CancellationToken cancellationToken)
    {
        var closed = new List<(DateOnly, string)>();
        foreach (var (date, batches) in _batches)
            closed.Add((date, await batches.Part.CloseAsync(footer(batches.BatchIds), cancellationToken)));
        return closed;
    }

    /// <summary>The closed files are in the dataset: begins with empty ones.</summary>
    public void Commit()
    {
        progress.Commit();
        Renew();
    }

    /// <summary>Forgets everything that was taken; it must be delivered again.</summary>
    public async ValueTask DropAsync()
    {
        await _scores.DropAsync();
        foreach (var batches in _batches.Values)
            await batches.Part.DropAsync();
        progress.DropBuffered();
        Renew();
    }

    private void Renew()
    {
        _batches.Clear();
        _scores = new TablePart<ScoresRows>(new ScoresRows(), context);
    }

    private BatchesPart PartOf(PassTiming pass)
    {
        var date = DateOnly.FromDateTime(Timestamps.FromUs(pass.StartedUs));
        if (!_batches.TryGetValue(date, out var part))
            _batches.Add(date, part = new BatchesPart(new TablePart<BatchesRows>(new BatchesRows(), context)));
        return part;
    }
}
