using System.Text;
using Microsoft.ML.Tokenizers;

namespace Rerank.Scorer.Tokenization;

/// <summary>Hugging Face's BertNormalizer. Half of a surrogate pair counts as U+FFFD. Thread-safe.</summary>
internal sealed class BertNormalizer(BertNormalizerFlags flags) : Normalizer
{
    public override string Normalize(string original) => Normalize(original.AsSpan());

    public override string Normalize(ReadOnlySpan<char> original)
    {
        var text = Clean(original);
        if (flags.StripsAccents && !Ascii.IsValid(text))
            text = StripMarks(Decompose(text));
        return flags.Lowercase ? Lower(text) : text;
    }

    private string Clean(ReadOnlySpan<char> original)
    {
        var text = new StringBuilder(original.Length + 16);
        foreach (var rune in original.EnumerateRunes())
        {
            var kinds = BertCharacters.KindsOf(rune);
            if (flags.CleanText && kinds.Is(CharacterKinds.Removed))
                continue;
            if (flags.CleanText && kinds.Is(CharacterKinds.WhiteSpace))
                text.Append(' ');
            else if (flags.SeparateIdeographs && kinds.Is(CharacterKinds.Ideograph))
                Append(text.Append(' '), rune).Append(' ');
            else
                Append(text, rune);
        }

        return text.ToString();
    }

    private static string Decompose(string text)
    {
        var decomposed = new StringBuilder();
        var start = 0;
        for (var i = 0; i < text.Length;)
        {
            var rune = Rune.GetRuneAt(text, i);
            if (BertCharacters.KindsOf(rune).Is(CharacterKinds.Undecomposable))
            {
                Append(decomposed.Append(text[start..i].Normalize(NormalizationForm.FormD)), rune);
                start = i + rune.Utf16SequenceLength;
            }

            i += rune.Utf16SequenceLength;
        }

        return decomposed.Append(text[start..].Normalize(NormalizationForm.FormD)).ToString();
    }

    private static string StripMarks(string text)
    {
        var stripped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!BertCharacters.KindsOf(rune).Is(CharacterKinds.Mark))
                Append(stripped, rune);
        }

        return stripped.ToString();
    }

    private static string Lower(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();

        var lower = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 'İ')
                lower.Append("i\u0307");
            else
                Append(lower, UnicodeDifferences.ToLower(rune));
        }

        return lower.ToString();
    }

    // StringBuilder takes a Rune only as an object.
    private static StringBuilder Append(StringBuilder text, Rune rune)
    {
        if (rune.IsBmp)
            return text.Append((char)rune.Value);

        Span<char> pair = stackalloc char[2];
        rune.EncodeToUtf16(pair);
        return text.Append(pair);
    }
}
