namespace Rerank.Scorer.Models.Hub;

/// <summary>Models of a Hugging Face style hub: pulled once, checked, and then used from the cache without a network.</summary>
public static class ModelHub
{
    /// <summary>Asks the hub what the revision is now, and downloads it unless it is in the cache.</summary>
    /// <param name="reference">Which model.</param>
    /// <param name="options">Which hub.</param>
    /// <param name="progress">Told from any thread; null for nobody.</param>
    /// <param name="time">For pauses.</param>
    /// <param name="cancellationToken">Ends the pull; what has come stays for the next one.</param>
    /// <exception cref="ModelException">It cannot be had, or is no cross-encoder. No part of a model is left that could be taken for one.</exception>
    public static async Task<PulledModel> PullAsync(
        HubReference reference, HubOptions options, IProgress<PullProgress>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var pull = new HubPull(reference, options, progress, time);
        try
        {
            return await pull.RunAsync(cancellationToken);
        }
        catch (HubInterruption e)
        {
            throw ModelException.WorkFailed(
                $"'{reference}' could not be pulled from {options.Endpoint}: {e.Message}. What has come is kept: the same command continues. "
                + $"Without a network, give a model folder, or set {ModelCache.Variable} to a cache that has the model.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ModelException.WorkFailed(
                $"'{reference}' cannot be kept in {options.CacheFolder}: {e.Message} Set {ModelCache.Variable} to a folder that can be written.", e);
        }
    }
}
