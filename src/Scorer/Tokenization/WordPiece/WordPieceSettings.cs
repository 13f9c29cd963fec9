namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>What a WordPiece tokenizer is made from.</summary>
/// <param name="Vocabulary">Pieces with their ids; of equal ones the last counts.</param>
/// <param name="Normalizer">The normalizer's settings.</param>
/// <param name="UnknownToken">Stands for a word that cannot be made of pieces.</param>
/// <param name="ContinuingPrefix">Marks pieces that do not begin a word.</param>
/// <param name="MaxWordLength">Code points; a longer word is unknown.</param>
internal sealed record WordPieceSettings(
    IReadOnlyList<KeyValuePair<string, int>> Vocabulary,
    BertNormalizerFlags Normalizer,
    string UnknownToken,
    string ContinuingPrefix,
    int MaxWordLength);
