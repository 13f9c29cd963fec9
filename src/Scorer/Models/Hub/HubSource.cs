using System.Text.Json;

namespace Rerank.Scorer.Models.Hub;

/// <summary>Where a pulled folder comes from. Its file is written last: a folder that has it is whole.</summary>
/// <param name="Id">Such as <c>org/name</c>.</param>
/// <param name="Commit">Of the files.</param>
/// <param name="File">Path of the ONNX file in the repository.</param>
internal sealed record HubSource(string Id, string Commit, string File)
{
    private const string FileName = "_hub.json";
    private const int RevisionLength = 12;

    /// <summary>The commit as identities show it.</summary>
    internal string Revision => Commit.Length > RevisionLength ? Commit[..RevisionLength] : Commit;

    /// <summary>Null where the folder is none of a hub's, or its file is damaged.</summary>
    internal static HubSource? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!System.IO.File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(path), HubJson.Default.HubSource) is { Id: not null, Commit: not null } source
                ? source
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal void Write(string folder) =>
        System.IO.File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Default.HubSource));
}
