using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace Rerank.Sink.Parquet;

/// <summary>A Parquet file that is being written, zstd, one row group at a time. Without <see cref="CloseAsync"/> it has no footer and is nothing.</summary>
internal sealed class ParquetFile : IAsyncDisposable
{
    private readonly FileStream _stream;
    private readonly ParquetWriter _writer;

    private ParquetFile(FileStream stream, ParquetWriter writer)
    {
        _stream = stream;
        _writer = writer;
    }

    public string Path => _stream.Name;

    public long Rows { get; private set; }

    public long Bytes => _stream.Position;

    /// <summary>Starts a file.</summary>
    /// <param name="stream">Owned by the file from here on.</param>
    /// <param name="rows">Gives the schema.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ParquetFile> CreateAsync(FileStream stream, RowBuffer rows, CancellationToken cancellationToken)
    {
        // Fastest: measured on scores, the next level costs twice the CPU for a few per cent of size.
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };
        foreach (var column in rows.Columns.Where(column => column.IsRepetitive))
            options.ColumnEncodingHints[column.Field.Name] = EncodingHint.Dictionary;
        var writer = await ParquetWriter.CreateAsync(rows.Schema(), stream, options, cancellationToken: cancellationToken);
        return new ParquetFile(stream, writer);
    }

    /// <summary>Writes the rows as one row group and empties the buffer.</summary>
    public async Task WriteRowGroupAsync(RowBuffer rows, CancellationToken cancellationToken)
    {
        using (var rowGroup = _writer.CreateRowGroup())
        {
            foreach (var column in rows.Columns)
                await column.WriteAsync(rowGroup, cancellationToken);
            rowGroup.CompleteValidate();
        }

        Rows += rows.Count;
        rows.Clear();
    }

    /// <summary>Writes the footer, makes the file durable, and reads it back.</summary>
    /// <param name="metadata">Key-value metadata of the footer.</param>
    /// <param name="schema">What must read back.</param>
    /// <param name="cancellationToken">Ends the reading back.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    /// <exception cref="InvalidDataException">What is on the disk is not what was written.</exception>
    public async Task CloseAsync(Dictionary<string, string> metadata, ParquetSchema schema, CancellationToken cancellationToken)
    {
        _writer.CustomMetadata = metadata;
        await _writer.DisposeAsync();
        _stream.Flush(flushToDisk: true);
        await _stream.DisposeAsync();
        await VerifyAsync(schema, cancellationToken);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task VerifyAsync(ParquetSchema schema, CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(Path, cancellationToken: cancellationToken);
        var rows = reader.RowGroups.Sum(group => group.RowCount);
        if (rows != Rows || !reader.Schema.Equals(schema))
            throw new InvalidDataException($"{Path} reads back with {rows} rows of {reader.Schema}; {Rows} rows of {schema} were written.");
    }
}
