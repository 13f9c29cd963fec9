namespace Rerank.Ingest.Publishing;

/// <summary>What a start of Ingest has done so far, for its progress lines. Read while it is being written.</summary>
internal sealed class IngestCounters(long bad)
{
    private long _records;
    private long _bad = bad;

    /// <summary>Records handed to the broker by this start.</summary>
    internal long Records => Volatile.Read(ref _records);

    /// <summary>Records of the job that were not pairs.</summary>
    internal long Bad => Volatile.Read(ref _bad);

    internal void Published(long bad)
    {
        Volatile.Write(ref _records, _records + 1);
        Volatile.Write(ref _bad, bad);
    }
}
