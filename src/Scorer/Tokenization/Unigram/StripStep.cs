namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>Hugging Face's Strip: takes white space off the ends.</summary>
internal sealed class StripStep(bool left, bool right) : INormalizerStep
{
    public void Apply(ReadOnlySpan<char> text, TextBuffer output)
    {
        if (left)
            text = text.TrimStart();
        output.Append(right ? text.TrimEnd() : text);
    }
}
