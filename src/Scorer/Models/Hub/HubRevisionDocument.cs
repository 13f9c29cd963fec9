namespace Rerank.Scorer.Models.Hub;

/// <summary>The hub's answer about a revision, as far as it matters here.</summary>
internal sealed record HubRevisionDocument(string? Sha, IReadOnlyList<HubRevisionDocument.Sibling>? Siblings)
{
    internal HubRevision ToRevision() => new(Sha!, [.. Siblings!.Where(file => file.Rfilename is { Length: > 0 }).Select(ToFile)]);

    // The blob id of a large file is that of the pointer which git keeps in its place.
    private static HubFile ToFile(Sibling file) =>
        new(file.Rfilename!, file.Lfs?.Size ?? file.Size, file.Lfs?.Sha256, file.Lfs is null ? file.BlobId : null);

    internal sealed record Sibling(string? Rfilename, long? Size, string? BlobId, LargeFile? Lfs);

    internal sealed record LargeFile(string? Sha256, long? Size);
}
