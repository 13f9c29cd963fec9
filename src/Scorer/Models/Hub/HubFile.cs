namespace Rerank.Scorer.Models.Hub;

/// <summary>A file of a revision, with what the hub says to check it by.</summary>
/// <param name="Path">In the repository, with slashes.</param>
/// <param name="Bytes">Length, if said.</param>
/// <param name="Sha256">Of the content, hex; said of large files.</param>
/// <param name="BlobSha1">Git's hash of the content, hex; said of small files.</param>
internal sealed record HubFile(string Path, long? Bytes, string? Sha256, string? BlobSha1)
{
    internal string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Folder in the repository with a slash at its end, or nothing.</summary>
    internal string Folder => Path[..(Path.LastIndexOf('/') + 1)];
}
