using Rerank.Shared.Contracts;
using Rerank.Sink.Dataset;

namespace Rerank.Sink.Dedup;

/// <summary>
/// Which pairs of a job are in the dataset, wait for their file, or are dead: what decides on duplicates and completion. Knows neither
/// files nor broker. Not thread-safe.
/// </summary>
internal sealed class JobProgress
{
    private readonly Dictionary<long, long> _retries = [];
    private long _highest = -1;

    /// <summary>Ordinals in durable files.</summary>
    public IntervalSet Written { get; } = new();

    /// <summary>Ordinals of rows that are not durable yet.</summary>
    public IntervalSet Buffered { get; private set; } = new();

    /// <summary>Dead letters; never one that is written.</summary>
    public IntervalSet Dead { get; } = new();

    public EpochBases Epochs { get; } = new();

    /// <summary>Passes in durable files.</summary>
    public BatchIdSet BatchIds { get; } = new();

    /// <summary>Passes that are not durable yet.</summary>
    public BatchIdSet BufferedBatchIds { get; } = new();

    public IEnumerable<RetryMark> Retries => _retries.OrderBy(mark => mark.Key).Select(mark => new RetryMark(mark.Key, mark.Value));

    /// <summary>An ordinal was published again and has neither been written nor failed since.</summary>
    public bool IsRetrying => _retries.Keys.Any(ordinal => !Written.Contains(ordinal) && !Dead.Contains(ordinal));

    public static JobProgress From(JobManifest manifest)
    {
        var progress = new JobProgress();
        progress.Written.UnionWith(IntervalSet.Parse(manifest.Written));
        progress.Dead.UnionWith(IntervalSet.Parse(manifest.DeadOrdinals));
        progress.Epochs.Restore(manifest.Epochs);
        progress.BatchIds.UnionWith(BatchIdSet.Parse(manifest.BatchIds));
        foreach (var mark in manifest.Retries)
            progress._retries[mark.Ordinal] = mark.AtUs;
        progress._highest = Math.Max(
            Math.Max(Last(progress.Written), Last(progress.Dead)), progress._retries.Keys.DefaultIfEmpty(-1).Max());
        return progress;
    }

    /// <summary>The dataset's ordinal of a pair.</summary>
    /// <exception cref="FormatException">See <see cref="EpochBases.OrdinalOf"/>.</exception>
    public long OrdinalOf(PairIdentity identity)
    {
        var ordinal = Epochs.OrdinalOf(identity, _highest);
        _highest = Math.Max(_highest, ordinal);
        return ordinal;
    }

    /// <summary>Takes a row for writing; false if it is a duplicate.</summary>
    public bool TryBuffer(long ordinal) => !Written.Contains(ordinal) && Buffered.Add(ordinal);

    /// <summary>Takes a pass for writing; false if it was reported before.</summary>
    public bool TryBufferPass(string batchId) => !BatchIds.Contains(batchId) && BufferedBatchIds.Add(batchId);

    /// <summary>A dead letter; false if it changes nothing.</summary>
    /// <param name="ordinal">Ordinal in the dataset.</param>
    /// <param name="atUs">JetStream timestamp of the letter, unix microseconds.</param>
    public bool OnLetter(long ordinal, long atUs)
    {
        if (_retries.TryGetValue(ordinal, out var last))
        {
            if (atUs < last)
                return false;
            _retries[ordinal] = atUs;
        }

        return !Written.Contains(ordinal) && Dead.Add(ordinal);
    }

    /// <summary>The ordinal was published again; false if it changes nothing.</summary>
    /// <param name="ordinal">Ordinal in the dataset.</param>
    /// <param name="atUs">JetStream timestamp of the event, unix microseconds.</param>
    public bool OnRetry(long ordinal, long atUs)
    {
        if (Written.Contains(ordinal) || (_retries.TryGetValue(ordinal, out var last) && atUs <= last))
            return false;
        _retries[ordinal] = atUs;
        Dead.Remove(ordinal);
        return true;
    }

    /// <summary>The buffered rows and passes are durable now.</summary>
    public void Commit()
    {
        Written.UnionWith(Buffered);
        foreach (var interval in Buffered.Intervals)
        {
            for (var ordinal = interval.First; ordinal <= interval.Last && Dead.Count > 0; ordinal++)
                Dead.Remove(ordinal);
        }

        foreach (var ordinal in _retries.Keys.Where(Written.Contains).ToList())
            _retries.Remove(ordinal);
        BatchIds.UnionWith(BufferedBatchIds);
        DropBuffered();
    }

    /// <summary>The buffered rows and passes are lost, and will be delivered again.</summary>
    public void DropBuffered()
    {
        Buffered = new IntervalSet();
        BufferedBatchIds.Clear();
    }

    /// <summary>Whether [0, <paramref name="total"/>) is written or dead, over durable files only.</summary>
    public bool IsDone(long total) => Covers(total, Written, Dead);

    /// <summary>The same, if the buffered rows were durable.</summary>
    public bool WouldBeDone(long total) => Covers(total, Written, Dead, Buffered);

    /// <summary>The written and the dead ones.</summary>
    public IntervalSet Done() => Union(Written, Dead);

    // Counts first: the union costs a copy of all intervals, and this is asked for each message.
    private static bool Covers(long total, params ReadOnlySpan<IntervalSet> sets)
    {
        var count = 0L;
        foreach (var set in sets)
            count += set.Count;
        return count >= total && Union(sets).Covers(total);
    }

    private static IntervalSet Union(params ReadOnlySpan<IntervalSet> sets)
    {
        var union = new IntervalSet();
        foreach (var set in sets)
            union.UnionWith(set);
        return union;
    }

    private static long Last(IntervalSet set) => set.Intervals is [.., var last] ? last.Last : -1;
}
