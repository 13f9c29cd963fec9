namespace Rerank.Shared.Contracts;

public enum JobKind
{
    /// <summary>Made by Ingest from a source; ordinals count its records from 0, and the total is known when the source ends.</summary>
    Ingested,

    /// <summary>Opened for other publishers; the ordinal is the stream sequence, there is no total, and it ends when it is closed.</summary>
    Published,
}
