using System.Security.Cryptography;
using Google.Protobuf;

namespace Rerank.Scorer.Models.Lexical;

/// <summary>
/// The model <c>builtin:lexical</c>: a lexical baseline, not a neural model. It scores saturated matches of rare pieces of words, with
/// the inputs and the output of a BERT cross-encoder, so that a bare machine can rank text. Its files are made on first use, the same
/// bytes everywhere.
/// </summary>
public static class BuiltinLexical
{
    public const string Reference = "builtin:lexical";

    public const string Revision = "1";

    /// <summary>SHA-256 of <c>model.onnx</c> followed by <c>vocab.txt</c>. A change of either is a new revision.</summary>
    internal const string ContentHash = "124ba72a54ce47b92d37559a3a633bebab4f38fc877c9d7ad31e8dd6d061e152";

    // Another process may put its own copy away and in place at the same time.
    private const int Attempts = 3;

    private const string Config = """{"model_type":"rerank-lexical","num_labels":1}""" + "\n";

    /// <summary>The model's folder under <paramref name="cacheFolder"/>; made there if it is absent or damaged.</summary>
    /// <exception cref="ModelException">The folder cannot be written.</exception>
    public static string Ensure(string cacheFolder)
    {
        var folder = Path.Combine(cacheFolder, "models", $"builtin-lexical-{Revision}", ContentHash[..16]);
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

    internal static void Write(string folder)
    {
        var pieces = LexicalVocabulary.Pieces;
        File.WriteAllBytes(Path.Combine(folder, ModelFiles.Vocabulary), LexicalVocabulary.ToFile(pieces));
        File.WriteAllBytes(Path.Combine(folder, ModelFiles.Model), LexicalGraph.Build(pieces).ToByteArray());
        File.WriteAllText(Path.Combine(folder, ModelFiles.Config), Config);
    }

    internal static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(Path.Combine(folder, ModelFiles.Model)));
        hash.AppendData(File.ReadAllBytes(Path.Combine(folder, ModelFiles.Vocabulary)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsWhole(string folder) =>
        File.Exists(Path.Combine(folder, ModelFiles.Model))
        && File.Exists(Path.Combine(folder, ModelFiles.Vocabulary))
        && File.Exists(Path.Combine(folder, ModelFiles.Config))
        && HashOf(folder) == ContentHash;
}
