namespace Rerank.Ingest.Publishing;

/// <summary>How far a job's source has been read, for progress lines. Read while it is being written.</summary>
internal sealed class IngestCounters
{
    private long _records;
    private long _bad;

    /// <summary>Records handed to the broker, those of earlier starts too.</summary>
    internal long Records => Volatile.Read(ref _records);

    /// <summary>How many of them were not pairs.</summary>
    internal long Bad => Volatile.Read(ref _bad);

    internal void Set(SourceProgress progress)
    {
        Volatile.Write(ref _records, progress.Position.Ordinal);
        Volatile.Write(ref _bad, progress.Bad);
    }
}
