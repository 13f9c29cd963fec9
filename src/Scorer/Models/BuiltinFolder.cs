using System.Security.Cryptography;

namespace Rerank.Scorer.Models;

/// <summary>A model that the tool makes itself on first use, the same bytes everywhere.</summary>
/// <param name="Reference">Its name, <c>builtin:…</c>.</param>
/// <param name="Revision">Raised with every change of the model.</param>
/// <param name="ContentHash">SHA-256 of <c>model.onnx</c> followed by <c>vocab.txt</c>. A change of either is a new revision.</param>
/// <param name="Write">Writes its files into a folder.</param>
internal sealed record BuiltinFolder(string Reference, string Revision, string ContentHash, Action<string> Write)
{
    // Another process may put its own copy away and in place at the same time.
    private const int Attempts = 3;

    /// <summary>The model's folder under <paramref name="cacheFolder"/>; made there if it is absent or damaged.</summary>
    /// <exception cref="ModelException">The folder cannot be written.</exception>
    internal string Ensure(string cacheFolder)
    {
        var folder = Path.Combine(cacheFolder, "models", $"{Reference.Replace(':', '-')}-{Revision}", ContentHash[..16]);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (IsWhole(folder))
                    return folder;
                FolderWriter.Replace(folder, Write, IsWhole);
            }

            if (IsWhole(folder))
                return folder;
            throw ModelException.WorkFailed(
                $"{Reference} made in {folder} has the hash {HashOf(folder)}, not {ContentHash}: the disk or this build is broken.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ModelException.WorkFailed(
                $"{Reference} cannot be made in {folder}: {exception.Message} Set {ModelCache.Variable} to a folder that can be written.",
                exception);
        }
    }

    internal static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(Path.Combine(folder, ModelFiles.Model)));
        hash.AppendData(File.ReadAllBytes(Path.Combine(folder, ModelFiles.Vocabulary)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private bool IsWhole(string folder) =>
        File.Exists(Path.Combine(folder, ModelFiles.Model))
        && File.Exists(Path.Combine(folder, ModelFiles.Vocabulary))
        && File.Exists(Path.Combine(folder, ModelFiles.Config))
        && HashOf(folder) == ContentHash;
}
