using System.Text.Json;

namespace Rerank.Shared.Contracts;

/// <summary>Bytes of a <see cref="ScoredBatch"/>: UTF-8 JSON, columnar, <c>"v":1</c>. Thread-safe.</summary>
public static class ScoredBatchCodec
{
    /// <summary>A publisher starts a new batch before this; well under a server's default payload limit of 1 MiB.</summary>
    public const int MaxBytes = 256 * 1024;

    public static byte[] Encode(ScoredBatch batch) => JsonSerializer.SerializeToUtf8Bytes(ToDocument(batch), ScoredBatchJson.Default.ScoredBatchDocument);

    /// <summary>Decodes a message.</summary>
    /// <exception cref="FormatException">The message is not a batch of a version that this build reads, or its columns differ in length.</exception>
    public static ScoredBatch Decode(ReadOnlySpan<byte> utf8)
    {
        ScoredBatchDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(utf8, ScoredBatchJson.Default.ScoredBatchDocument);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The message is not a scored batch: {e.Message}", e);
        }

        if (document is not { V: 1 })
            throw new FormatException($"The scored batch has version {document?.V}; this build reads version 1.");
        return ToBatch(document);
    }

    private static ScoredBatchDocument ToDocument(ScoredBatch batch)
    {
        var rows = batch.Rows;
        return new ScoredBatchDocument
        {
            Job = batch.Job,
            Epoch = batch.Epoch,
            Model = batch.Model,
            Scorer = batch.Scorer,
            Ordinal = Column(rows, row => row.Ordinal),
            Id = Column(rows, row => row.Id),
            QueryId = Column(rows, row => row.QueryId),
            DocumentId = Column(rows, row => row.DocumentId),
            Rank = Column(rows, row => row.Rank),
            Score = Column(rows, row => row.Score),
            Tokens = Column(rows, row => row.Tokens),
            Truncated = Column(rows, row => row.Truncated),
            Pass = Column(rows, row => row.Pass),
            QueuedUs = Column(rows, row => row.QueuedUs),
            ReceivedUs = Column(rows, row => row.ReceivedUs),
            Passes = batch.Passes,
        };
    }

    private static T[] Column<T>(IReadOnlyList<ScoredRow> rows, Func<ScoredRow, T> select)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = select(rows[i]);
        return column;
    }

    private static ScoredBatch ToBatch(ScoredBatchDocument document)
    {
        var count = document.Ordinal.Length;
        int[] lengths =
        [
            document.Id.Length, document.QueryId.Length, document.DocumentId.Length, document.Rank.Length, document.Score.Length,
            document.Tokens.Length, document.Truncated.Length, document.Pass.Length, document.QueuedUs.Length, document.ReceivedUs.Length,
        ];
        if (count == 0 || lengths.Any(length => length != count))
            throw new FormatException($"The scored batch's columns have {count}, {string.Join(", ", lengths)} rows.");

        // The serializer looks at the nullability of members, not at that of their elements.
        if (document.Id.Contains(null!) || document.QueryId.Contains(null!) || document.Passes.Contains(null!))
            throw new FormatException("The scored batch has a null among its ids, query ids or passes.");

        var rows = new ScoredRow[count];
        for (var i = 0; i < count; i++)
        {
            if ((uint)document.Pass[i] >= (uint)document.Passes.Count)
                throw new FormatException($"Row {i} of the scored batch names pass {document.Pass[i]} of {document.Passes.Count}.");
            rows[i] = new ScoredRow(
                document.Ordinal[i],
                document.Id[i],
                document.QueryId[i],
                document.DocumentId[i],
                document.Rank[i],
                document.Score[i],
                document.Tokens[i],
                document.Truncated[i],
                document.Pass[i],
                document.QueuedUs[i],
                document.ReceivedUs[i]);
        }

        return new ScoredBatch(document.Job, document.Epoch, document.Model, document.Scorer, rows, document.Passes);
    }
}
