using Rerank.Ingest.Sources;
using Rerank.Shared.Contracts;

namespace Rerank.Ingest.Publishing;

internal static class RecordDecoder
{
    /// <summary>The record as a pair, or why it is not one.</summary>
    internal static PairDecodeResult Decode(in SourceRecord record, int maxDocumentBytes) => record.TooLongSha256 is null
        ? PairCodec.Decode(record.Bytes.Span, maxDocumentBytes)
        : new PairDecodeResult(
            null, DeadReason.TooLong, $"The record has {record.Length:N0} bytes; at most {JsonLinesSource.DefaultMaxRecordBytes:N0} are read.");
}
