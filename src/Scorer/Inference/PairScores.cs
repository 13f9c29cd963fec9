namespace Rerank.Scorer.Inference;

/// <summary>What became of pairs.</summary>
/// <param name="Logits">A raw logit a pair, in order.</param>
/// <param name="Passes">Forward passes that were run.</param>
/// <param name="MostRows">Pairs in the largest of them.</param>
public sealed record PairScores(float[] Logits, int Passes, int MostRows);
