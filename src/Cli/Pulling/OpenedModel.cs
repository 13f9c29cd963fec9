using Rerank.Scorer.Models;

namespace Rerank.Cli.Pulling;

/// <summary>Models that a verb asks for.</summary>
internal static class OpenedModel
{
    /// <summary>Opens a model; one of a hub that is not in the cache is pulled, with its progress on stderr.</summary>
    /// <exception cref="ModelException">It cannot be had.</exception>
    internal static async Task<ModelFolder> OpenAsync(string reference, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var view = new PullView(time);
        return await ModelFolder.OpenAsync(reference, view, time, cancellationToken);
    }
}
