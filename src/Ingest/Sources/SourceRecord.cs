using Rerank.Shared.Contracts;

namespace Rerank.Ingest.Sources;

/// <summary>One non-blank record of a source, good or bad.</summary>
/// <param name="Position">Its ordinal and place.</param>
/// <param name="Bytes">
/// Without the line end; valid until the next read. Of a record over the reader's limit only the first
/// <see cref="DeadLetter.MaxOriginalBytes"/>.
/// </param>
/// <param name="Length">Bytes of the whole record.</param>
/// <param name="TooLongSha256">Hash of the whole record, lower-case hex, if it is over the limit; else null.</param>
internal readonly record struct SourceRecord(SourcePosition Position, ReadOnlyMemory<byte> Bytes, long Length, string? TooLongSha256);
