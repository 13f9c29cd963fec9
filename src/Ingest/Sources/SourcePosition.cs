namespace Rerank.Ingest.Sources;

/// <summary>Where in a source a record begins, or where reading goes on.</summary>
/// <param name="Ordinal">Number of the record, from 0.</param>
/// <param name="Offset">Bytes before it, after decompression.</param>
/// <param name="Line">Its line, from 1.</param>
internal readonly record struct SourcePosition(long Ordinal, long Offset, long Line)
{
    internal static readonly SourcePosition Start = new(0, 0, 1);
}
