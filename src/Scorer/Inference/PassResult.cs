using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Inference;

/// <summary>What became of one forward pass. Exactly one of <paramref name="Scores"/> and <paramref name="Failure"/> is set.</summary>
/// <param name="Pass">The pass.</param>
/// <param name="Shape">What was computed for it, padding included.</param>
/// <param name="Lane">Lane that ran it.</param>
/// <param name="Scores">A logit a pair, in the order of the pass.</param>
/// <param name="Failure">Why the runtime could not run it.</param>
/// <param name="StartedUs">Unix microseconds.</param>
/// <param name="EndedUs">Unix microseconds.</param>
/// <param name="InferenceMs">Length of the run by the monotonic clock.</param>
internal sealed record PassResult(
    ForwardPass<ReadyPair> Pass, PassShape Shape, int Lane, float[]? Scores, string? Failure, long StartedUs, long EndedUs, double InferenceMs)
{
    /// <summary>Tokens of all its pairs, without padding.</summary>
    internal long TokensReal { get; } = Pass.Pairs.Sum(pair => (long)pair.Length);
}
