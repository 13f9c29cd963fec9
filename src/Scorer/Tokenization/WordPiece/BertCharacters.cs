using System.Globalization;
using System.Text;

namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>The kinds of every code point, as Hugging Face's BERT normalizer and pre-tokenizer see them.</summary>
internal static class BertCharacters
{
    // Of the Basic Multilingual Plane; what is above it is rare enough to be asked each time.
    private static readonly CharacterKinds[] Table =
        [.. Enumerable.Range(0, 0x10000).Select(value => Rune.IsValid(value) ? Find(new Rune(value)) : CharacterKinds.None)];

    internal static CharacterKinds KindsOf(Rune rune) => rune.IsBmp ? Table[rune.Value] : Find(rune);

    /// <summary>Those of the code point at an index of well-formed text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">Where the code point begins.</param>
    /// <param name="width">Its UTF-16 units.</param>
    internal static CharacterKinds KindsAt(ReadOnlySpan<char> text, int index, out int width)
    {
        var unit = text[index];
        width = char.IsHighSurrogate(unit) ? 2 : 1;
        return width == 1 ? Table[unit] : Find(new Rune(unit, text[index + 1]));
    }

    internal static bool Is(this CharacterKinds kinds, CharacterKinds any) => (kinds & any) != CharacterKinds.None;

    private static CharacterKinds Find(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        var kinds = CharacterKinds.None;
        if (IsRemoved(rune, category))
            kinds |= CharacterKinds.Removed;
        if (Rune.IsWhiteSpace(rune))
            kinds |= CharacterKinds.WhiteSpace;
        if (IsPunctuation(rune, category))
            kinds |= CharacterKinds.Punctuation;
        if (IsMark(rune, category))
            kinds |= CharacterKinds.Mark;
        if (IsIdeograph(rune.Value))
            kinds |= CharacterKinds.Ideograph;
        if (UnicodeDifferences.Undecomposable.Contains(rune))
            kinds |= CharacterKinds.Undecomposable;
        return kinds;
    }

    private static bool IsRemoved(Rune rune, UnicodeCategory category) => rune.Value switch
    {
        '\t' or '\n' or '\r' => false,
        0xFFFD => true,
        _ => category is UnicodeCategory.Control or UnicodeCategory.PrivateUse
            || (category == UnicodeCategory.Format && !UnicodeDifferences.NotFormat.Contains(rune)),
    };

    // ASCII symbols such as $ + < count as punctuation, others do not.
    private static bool IsPunctuation(Rune rune, UnicodeCategory category)
    {
        if (rune.IsAscii)
            return char.IsPunctuation((char)rune.Value) || char.IsSymbol((char)rune.Value);
        return category is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation
            ? !UnicodeDifferences.NotPunctuation.Contains(rune)
            : UnicodeDifferences.FormerPunctuation.Contains(rune);
    }

    private static bool IsMark(Rune rune, UnicodeCategory category) => category == UnicodeCategory.NonSpacingMark
        ? !UnicodeDifferences.NotMarks.Contains(rune)
        : UnicodeDifferences.FormerMarks.Contains(rune);

    // 2B920 is where the block of 2B820 should begin: the reference has it so.
    private static bool IsIdeograph(int value) => value is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B81F)
        or (>= 0x2B920 and <= 0x2CEAF) or (>= 0x2F800 and <= 0x2FA1F);
}
