using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rerank.Shared.Contracts;

namespace Rerank.Ingest.Jobs;

/// <summary>Names of jobs that were not given one.</summary>
public static class JobNames
{
    private const int HashDigits = 8;

    /// <summary>
    /// The file's name, without <c>.gz</c> and its last extension, and 8 hex digits of SHA-256(full path, format): the same file again is
    /// the same job, and a file of that name in another folder is another one.
    /// </summary>
    public static string ForFile(string path, string format)
    {
        var fullPath = Path.GetFullPath(path);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{fullPath}\n{format}"));
        var name = Path.GetFileName(fullPath);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^".gz".Length];
        // A command line takes a name that begins with "-" for an option.
        name = Name.From(Path.GetFileNameWithoutExtension(name), Name.MaxLength - HashDigits - 1).Trim('-');
        return $"{(name.Length == 0 ? "job" : name)}-{Convert.ToHexStringLower(hash.AsSpan(0, HashDigits / 2))}";
    }

    /// <summary>A name for standard input, which nothing can tell from another: <c>stdin-20260131T174502123Z</c>.</summary>
    public static string ForStandardInput(TimeProvider time) =>
        "stdin-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
}
