using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Rerank.Ingest.Sources;

/// <summary>
/// Tells whether a file's content is still the same: its length, and a SHA-256 over all of it, or of a large file over its head, its
/// tail and blocks spread evenly between them. The modification time is no part of it: a copied or restored file is the same source.
/// </summary>
internal static class Fingerprint
{
    internal const long WholeUpTo = 64 << 20;

    private const int BlockSize = 256 * 1024;
    private const int Blocks = 256;

    /// <summary>Text such as <c>3733645-0f3a…</c> (32 hex digits).</summary>
    internal static string Of(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var length = RandomAccess.GetLength(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> lengthBytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(lengthBytes, length);
        hash.AppendData(lengthBytes);

        var buffer = new byte[BlockSize];
        foreach (var offset in BlockOffsets(length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, ReadBlock(file, buffer, offset)));
        }

        return $"{length}-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}";
    }

    private static IEnumerable<long> BlockOffsets(long length)
    {
        if (length <= WholeUpTo)
        {
            for (var offset = 0L; offset < length; offset += BlockSize)
                yield return offset;
            yield break;
        }

        for (var block = 0; block < Blocks; block++)
            yield return (long)((Int128)(length - BlockSize) * block / (Blocks - 1));
    }

    private static int ReadBlock(SafeFileHandle file, byte[] buffer, long offset)
    {
        var filled = 0;
        while (filled < buffer.Length && RandomAccess.Read(file, buffer.AsSpan(filled), offset + filled) is var read and > 0)
            filled += read;
        return filled;
    }
}
