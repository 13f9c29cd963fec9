using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Pulling;

/// <summary>A job that this Scorer pulls from.</summary>
/// <param name="Spec">What the job is.</param>
/// <param name="StreamEpoch">Creation time of the PAIRS stream, unix microseconds: the epoch of a published job's pairs.</param>
/// <param name="Credits">How many of its pairs may wait here.</param>
internal sealed record ServedJob(JobSpec Spec, long StreamEpoch, PullCredits Credits)
{
    internal string Name => Spec.Job;
}
