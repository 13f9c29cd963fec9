namespace Rerank.Scorer.Batching;

/// <summary>Pairs to be scored in one run of the model.</summary>
/// <param name="Pairs">At least one.</param>
/// <param name="Length">Tokens a row of the tensor: the longest pair.</param>
/// <param name="Window">Pairs that were planned together.</param>
/// <param name="CloseReason">Why the pass has no more pairs; a word of <see cref="Batching.CloseReason"/>.</param>
/// <param name="PredictedMs">What the cost model expected it to take; not a number for a part of a pass that failed.</param>
internal sealed record ForwardPass<TPair>(
    IReadOnlyList<TPair> Pairs, int Length, int Window, string CloseReason, double PredictedMs);
