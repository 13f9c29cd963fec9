namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>Hugging Face's Replace of two or more blanks.</summary>
internal sealed class ReplaceBlanksStep(string content) : INormalizerStep
{
    /// <summary>The one regular expression that is known.</summary>
    internal const string Pattern = " {2,}";

    public void Apply(ReadOnlySpan<char> text, TextBuffer output)
    {
        for (int at; (at = text.IndexOf("  ", StringComparison.Ordinal)) >= 0; text = text[at..].TrimStart(' '))
        {
            output.Append(text[..at]);
            output.Append(content);
        }

        output.Append(text);
    }
}
