using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Rerank.Scorer.Models;

/// <summary>SHA-256 of files one after the other; remembered within the process, as models may hold gigabytes.</summary>
internal static class ModelHash
{
    private const int BufferSize = 1 << 20;

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    internal static string Of(IReadOnlyList<string> paths) =>
        Known.GetOrAdd(string.Join('\n', paths.Select(Fingerprint)), static (_, files) => Compute(files), paths);

    private static string Fingerprint(string path)
    {
        var file = new FileInfo(path);
        return $"{path}|{file.Length}|{file.LastWriteTimeUtc.Ticks}";
    }

    private static string Compute(IReadOnlyList<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        foreach (var path in paths)
        {
            using var file = File.OpenRead(path);
            for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
                hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
