using System.Text.Json;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>The model that a rewritten folder was made from. It lies in a file of its own: a place is no part of what a model is.</summary>
/// <param name="Model">Its identity.</param>
/// <param name="Hash">Its whole hash.</param>
/// <param name="Folder">Where it was.</param>
internal sealed record MadeFrom(string Model, string Hash, string Folder)
{
    private const string FileName = "_made-from.json";

    /// <summary>Null where the folder does not say it, or not readably.</summary>
    internal static MadeFrom? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path)
                && JsonSerializer.Deserialize(File.ReadAllBytes(path), MadeFromJson.Default.MadeFrom) is { Model: not null, Hash: not null, Folder: not null } from
                ? from
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal void Write(string folder) =>
        File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, MadeFromJson.Default.MadeFrom));
}
