namespace Rerank.Scorer.Tokenization;

/// <summary>A pair as the model reads it: <c>[CLS] query [SEP] document [SEP]</c>.</summary>
/// <param name="InputIds">Ids of all tokens, without padding.</param>
/// <param name="FirstDocumentToken">Index after the first <c>[SEP]</c>; the type id of token i is 0 before it, else 1.</param>
/// <param name="Truncated">Whether tokens of the query or of the document were left out.</param>
public sealed record TokenizedPair(int[] InputIds, int FirstDocumentToken, bool Truncated);
