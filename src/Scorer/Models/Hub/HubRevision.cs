namespace Rerank.Scorer.Models.Hub;

/// <summary>A commit of a repository and its files.</summary>
internal sealed record HubRevision(string Commit, IReadOnlyList<HubFile> Files)
{
    internal HubFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);
}
