using System.Security.Cryptography;
using Rerank.Shared.Contracts;

namespace Rerank.Ingest.Sources;

/// <summary>
/// The lines of a stream of bytes. Every line that is not blank is a record and takes the next ordinal, whatever is in it. Skips a
/// UTF-8 byte order mark; lines end in LF or CRLF, the last one may have no end. Not thread-safe.
/// </summary>
/// <param name="stream">Positioned at <paramref name="start"/>; disposed with the source.</param>
/// <param name="start">Position of the first record to read.</param>
/// <param name="maxRecordBytes">A longer line is hashed and counted, but not held.</param>
internal sealed class JsonLinesSource(Stream stream, SourcePosition start, int maxRecordBytes = JsonLinesSource.DefaultMaxRecordBytes)
    : IAsyncDisposable
{
    internal const int DefaultMaxRecordBytes = 64 << 20;

    private const int InitialBuffer = 128 * 1024;
    private byte[] _buffer = new byte[Math.Min(InitialBuffer, maxRecordBytes + 2)];
    private int _begin;
    private int _end;
    private bool _markChecked = start.Offset > 0;

    /// <summary>Where the next record will begin, blank lines before it not yet skipped.</summary>
    internal SourcePosition Position { get; private set; } = start;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The next record, or null at the end.</summary>
    internal async ValueTask<SourceRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_markChecked)
            await SkipByteOrderMarkAsync(cancellationToken);

        while (true)
        {
            var length = await FindLineAsync(cancellationToken);
            if (length > maxRecordBytes)
                return await SkipTooLongAsync(length, cancellationToken);
            if (length < 0)
                return null;

            var line = _buffer.AsMemory(_begin, length);
            var at = Position;
            Advance(Math.Min(length + 1, _end - _begin));
            if (!IsBlank(line.Span))
                return Take(at, WithoutReturn(line));
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(" \t\r"u8);

    private static ReadOnlyMemory<byte> WithoutReturn(ReadOnlyMemory<byte> line) =>
        line.Span is [.., (byte)'\r'] ? line[..^1] : line;

    private SourceRecord Take(SourcePosition at, ReadOnlyMemory<byte> bytes)
    {
        Position = Position with { Ordinal = at.Ordinal + 1 };
        return new SourceRecord(at, bytes, bytes.Length, null);
    }

    /// <summary>Moves past a line: its bytes and its line end.</summary>
    private void Advance(int bytes)
    {
        _begin += bytes;
        Position = Position with { Offset = Position.Offset + bytes, Line = Position.Line + 1 };
    }

    /// <summary>
    /// Length of the line at <c>_begin</c> without its LF, all of it in the buffer; more than the limit if it is longer than that, and
    /// then perhaps not all of it; −1 at the end.
    /// </summary>
    private async ValueTask<int> FindLineAsync(CancellationToken cancellationToken)
    {
        var scanned = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_begin + scanned, _end - _begin - scanned).IndexOf((byte)'\n');
            if (newline >= 0)
                return scanned + newline;
            scanned = _end - _begin;
            if (scanned > maxRecordBytes)
                return scanned;
            if (!await FillAsync(cancellationToken))
                return scanned > 0 ? scanned : -1;
        }
    }

    /// <summary>Reads more behind what the buffer holds; false at the end.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_begin > 0 && _end == _buffer.Length)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            _end -= _begin;
            _begin = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, maxRecordBytes + 2L));
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    /// <summary>Goes to the end of the line with a buffer of constant size.</summary>
    private async ValueTask<SourceRecord> SkipTooLongAsync(int found, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var at = Position;
        var head = _buffer.AsSpan(_begin, Math.Min(DeadLetter.MaxOriginalBytes, found)).ToArray();
        var length = 0L;
        while (true)
        {
            var newline = _buffer.AsSpan(_begin, _end - _begin).IndexOf((byte)'\n');
            var piece = newline >= 0 ? newline : _end - _begin;
            hash.AppendData(_buffer, _begin, piece);
            length += piece;
            _begin += piece;
            if (newline >= 0)
            {
                _begin++;
                break;
            }

            _begin = _end = 0;
            if (!await FillAsync(cancellationToken))
                break;
        }

        // _begin is past the LF, or the stream has ended without one: then nothing is left and the offset no longer matters.
        Position = new SourcePosition(at.Ordinal + 1, at.Offset + length + 1, at.Line + 1);
        return new SourceRecord(at, head, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private async ValueTask SkipByteOrderMarkAsync(CancellationToken cancellationToken)
    {
        while (_end < ByteOrderMark.Length && await FillAsync(cancellationToken))
        {
            // A pipe may give one byte at a time.
        }

        if (_buffer.AsSpan(0, _end).StartsWith(ByteOrderMark))
        {
            _begin = ByteOrderMark.Length;
            Position = Position with { Offset = ByteOrderMark.Length };
        }

        _markChecked = true;
    }
}
