namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>A part of the normalizer. Thread-safe.</summary>
internal interface INormalizerStep
{
    /// <param name="text">Well-formed text, not in <paramref name="output"/>.</param>
    /// <param name="output">Empty; gets what the step makes of the text.</param>
    void Apply(ReadOnlySpan<char> text, TextBuffer output);
}
