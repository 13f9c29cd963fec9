namespace Rerank.Scorer.Models.Hub;

/// <summary>What may be otherwise at the next attempt: no connection, a cut one, a hub that is busy.</summary>
internal sealed class HubInterruption : Exception
{
    internal HubInterruption(string message, TimeSpan? retryAfter = null)
        : base(message) => RetryAfter = retryAfter;

    internal HubInterruption(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>How long the hub wants to be left alone, if it says so.</summary>
    internal TimeSpan? RetryAfter { get; }
}
