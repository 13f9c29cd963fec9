namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>Hugging Face's Replace of a text.</summary>
internal sealed class ReplaceStep(string pattern, string content) : INormalizerStep
{
    public void Apply(ReadOnlySpan<char> text, TextBuffer output)
    {
        for (int at; (at = text.IndexOf(pattern, StringComparison.Ordinal)) >= 0; text = text[(at + pattern.Length)..])
        {
            output.Append(text[..at]);
            output.Append(content);
        }

        output.Append(text);
    }
}
