namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>The settings of BERT's normalizer; the defaults are those of BERT uncased.</summary>
/// <param name="CleanText">Take control characters out, make every white space a blank.</param>
/// <param name="SeparateIdeographs">Make each CJK ideograph a word.</param>
/// <param name="StripAccents">Decompose and take nonspacing marks out; null follows <paramref name="Lowercase"/>.</param>
/// <param name="Lowercase">Lower case every character by itself.</param>
internal sealed record BertNormalizerFlags(
    bool CleanText = true, bool SeparateIdeographs = true, bool? StripAccents = null, bool Lowercase = true)
{
    internal bool StripsAccents => StripAccents ?? Lowercase;
}
