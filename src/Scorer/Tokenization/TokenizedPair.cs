namespace Rerank.Scorer.Tokenization;

/// <summary>A pair as the model reads it, such as <c>[CLS] query [SEP] document [SEP]</c>.</summary>
/// <param name="InputIds">Ids of all tokens, without padding.</param>
/// <param name="FirstDocumentToken">
/// Index after the special tokens that follow the query; the type id of token i is 0 before it, else <paramref name="DocumentType"/>.
/// </param>
/// <param name="Truncated">Whether tokens of the query or of the document were left out.</param>
/// <param name="DocumentType">1 for BERT, 0 for models that know one type only.</param>
public sealed record TokenizedPair(int[] InputIds, int FirstDocumentToken, bool Truncated, int DocumentType = 1);
