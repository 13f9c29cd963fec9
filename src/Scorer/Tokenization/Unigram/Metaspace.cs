namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>How text is cut into words: blanks become <see cref="Mark"/>, and a word begins at each.</summary>
/// <param name="SplitsAtWhiteSpace">All white space ends a word and is left out, before anything else (WhitespaceSplit).</param>
/// <param name="MarksBeginning">A text, or a word of the former, gets a mark where it has none.</param>
internal sealed record Metaspace(bool SplitsAtWhiteSpace, bool MarksBeginning)
{
    internal const char Mark = '\u2581';
}
