using System.Text;

namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>Hugging Face's BertNormalizer. Half of a surrogate pair counts as U+FFFD. Thread-safe.</summary>
internal sealed class BertNormalizer(BertNormalizerFlags flags)
{
    /// <returns>The text itself, or text in a buffer, until it is used again.</returns>
    internal ReadOnlySpan<char> Normalize(ReadOnlySpan<char> original, TokenizingBuffers buffers)
    {
        // Nothing of printable ASCII is removed, replaced or set apart.
        if (!original.ContainsAnyExceptInRange(' ', '~'))
            return flags.Lowercase ? LowerAscii(original, buffers.Second) : original;

        Clean(original, buffers.First);
        if (Ascii.IsValid(buffers.First.Text))
            return flags.Lowercase ? LowerAscii(buffers.First.Text, buffers.Second) : buffers.First.Text;
        if (!flags.StripsAccents)
            return flags.Lowercase ? Finish(buffers.First.Text, buffers.Second) : buffers.First.Text;

        Decompose(buffers.First.Text, buffers.Second);
        return Finish(buffers.Second.Text, buffers.First);
    }

    private void Clean(ReadOnlySpan<char> original, TextBuffer text)
    {
        text.Clear();
        foreach (var rune in original.EnumerateRunes())
        {
            var kinds = BertCharacters.KindsOf(rune);
            if (kinds.Is(CharacterKinds.Removed) && flags.CleanText)
                continue;
            if (kinds.Is(CharacterKinds.WhiteSpace) && flags.CleanText)
            {
                text.Append(' ');
            }
            else if (kinds.Is(CharacterKinds.Ideograph) && flags.SeparateIdeographs)
            {
                text.Append(' ');
                text.Append(rune);
                text.Append(' ');
            }
            else if (rune.IsBmp)
            {
                text.Append((char)rune.Value);
            }
            else
            {
                text.Append(rune);
            }
        }
    }

    private static void Decompose(ReadOnlySpan<char> text, TextBuffer decomposed)
    {
        decomposed.Clear();
        var start = 0;
        for (var i = 0; i < text.Length;)
        {
            var kinds = BertCharacters.KindsAt(text, i, out var width);
            if (kinds.Is(CharacterKinds.Undecomposable))
            {
                decomposed.AppendDecomposed(text[start..i]);
                decomposed.Append(text.Slice(i, width));
                start = i + width;
            }

            i += width;
        }

        decomposed.AppendDecomposed(text[start..]);
    }

    private static ReadOnlySpan<char> LowerAscii(ReadOnlySpan<char> text, TextBuffer lower)
    {
        lower.Clear();
        lower.AppendAsciiLower(text);
        return lower.Text;
    }

    /// <summary>Strips marks and makes small letters, each where it is asked for.</summary>
    private ReadOnlySpan<char> Finish(ReadOnlySpan<char> text, TextBuffer finished)
    {
        finished.Clear();
        foreach (var rune in text.EnumerateRunes())
        {
            if (flags.StripsAccents && BertCharacters.KindsOf(rune).Is(CharacterKinds.Mark))
                continue;
            if (!flags.Lowercase)
                finished.Append(rune);
            else if (rune.Value == 'İ')
                finished.Append("i\u0307");
            else
                finished.Append(UnicodeDifferences.ToLower(rune));
        }

        return finished.Text;
    }
}
