namespace Rerank.Scorer.Tokenization;

/// <summary>A stretch of text: an added token with its <paramref name="Id"/>, or other text (null).</summary>
internal readonly record struct TextPart(int Start, int Length, int? Id);
