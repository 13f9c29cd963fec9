using System.Security.Cryptography;
using System.Text;

namespace Rerank.Scorer.Models.Hub;

/// <summary>Whether a file is what the hub says: its length, and its SHA-256 or git's hash of it.</summary>
internal static class FileCheck
{
    private const int BufferSize = 1 << 20;

    /// <returns>What is wrong, or null.</returns>
    internal static async Task<string?> ProblemAsync(string path, HubFile expected, CancellationToken cancellationToken)
    {
        var bytes = new FileInfo(path).Length;
        if (expected.Bytes is { } length && bytes != length)
            return $"it has {bytes:N0} bytes instead of {length:N0}";
        if (expected.Sha256 is { } sha256)
            return Differs("SHA-256", sha256, await HashAsync(path, HashAlgorithmName.SHA256, [], cancellationToken));
        if (expected.BlobSha1 is { Length: 40 } blob)
            return Differs("git hash", blob, await HashAsync(path, HashAlgorithmName.SHA1, Encoding.ASCII.GetBytes($"blob {bytes}\0"), cancellationToken));
        return null;
    }

    private static string? Differs(string kind, string expected, string actual) =>
        expected.Equals(actual, StringComparison.OrdinalIgnoreCase) ? null : $"its {kind} is {actual} instead of {expected}";

    private static async Task<string> HashAsync(string path, HashAlgorithmName algorithm, byte[] head, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(head);
        await using var file = File.OpenRead(path);
        var buffer = new byte[BufferSize];
        for (var read = await file.ReadAsync(buffer, cancellationToken); read > 0; read = await file.ReadAsync(buffer, cancellationToken))
            hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
