namespace Rerank.Scorer.Batching;

/// <summary>Passes in the order in which lanes should take them.</summary>
/// <param name="Passes">What to run now.</param>
/// <param name="Later">Pairs that are better planned again after these passes, with what will have come by then.</param>
internal sealed record PassPlan<TPair>(IReadOnlyList<ForwardPass<TPair>> Passes, IReadOnlyList<TPair> Later);
