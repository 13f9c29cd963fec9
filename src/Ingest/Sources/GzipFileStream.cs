using System.IO.Compression;
using System.Security.Cryptography;

namespace Rerank.Ingest.Sources;

/// <summary>
/// What is in a gzip file. <see cref="GZipStream"/> takes a file that breaks off for one that ends; so another gzip member with a mark
/// is put behind the file: it comes out only if the file's own members are whole.
/// </summary>
internal sealed class GzipFileStream : ReadingStream
{
    private const int MarkLength = 16;

    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(MarkLength);
    private readonly byte[] _buffer = new byte[128 * 1024];
    private readonly GZipStream _members;
    private int _begin;
    private int _end;

    internal GzipFileStream(Stream file) =>
        _members = new GZipStream(new ConcatenatedStream(file, new MemoryStream(Compressed(_mark))), CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">The file is no gzip file, or is not whole.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The last bytes are held back: they may be the mark.
        while (_end - _begin <= MarkLength)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
            var read = await ReadMembersAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += read;
            if (read > 0)
                continue;
            return _buffer.AsSpan(0, _end).SequenceEqual(_mark)
                ? 0
                : throw new InvalidDataException("The gzip data breaks off; the file is not whole.");
        }

        var count = Math.Min(buffer.Length, _end - _begin - MarkLength);
        _buffer.AsMemory(_begin, count).CopyTo(buffer);
        _begin += count;
        return count;
    }

    private async ValueTask<int> ReadMembersAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _members.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("It is no gzip file, or a damaged one; a file that is not compressed must not end in .gz.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _members.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.NoCompression))
            gzip.Write(bytes);
        return compressed.ToArray();
    }
}
