namespace Rerank.Scorer.Pulling;

internal enum PoisonVerdict
{
    /// <summary>An ordinary delivery.</summary>
    Harmless,

    /// <summary>Delivered too often: to be scored in a pass of its own, under a mark.</summary>
    Alone,

    /// <summary>It was alone already, and did not come back.</summary>
    Poison,
}
