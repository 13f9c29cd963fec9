using Rerank.Scorer.Models;
using Rerank.Shared.Hosting;

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

    /// <summary>The same, for a verb that can do nothing without it.</summary>
    /// <exception cref="StageFailedException">It cannot be had.</exception>
    internal static async Task<ModelFolder> RequireAsync(string reference, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(reference, time, cancellationToken);
        }
        catch (ModelException e)
        {
            throw new StageFailedException(ExitCode.WrongUsage, e.Message);
        }
    }
}
