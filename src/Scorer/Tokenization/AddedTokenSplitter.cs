using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rerank.Scorer.Tokenization;

/// <summary>Finds added tokens in a text: the leftmost first, of several there the longest. Thread-safe.</summary>
internal sealed class AddedTokenSplitter
{
    private readonly AddedToken[] _longestFirst;
    private readonly SearchValues<string> _contents;

    internal AddedTokenSplitter(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.Where(token => token.Content.Length > 0).OrderByDescending(token => token.Content.Length)];
        _contents = SearchValues.Create([.. _longestFirst.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>The parts of the text in order, none empty.</summary>
    internal List<TextPart> Split(string text)
    {
        var parts = new List<TextPart>();
        int rest = 0, from = 0;
        while (Find(text, from) is var (start, token))
        {
            from = start + token.Content.Length;
            if (token.SingleWord && !StandsAlone(text, start, from))
                continue;
            if (rest < start)
                parts.Add(new TextPart(rest, start - rest, Id: null));
            parts.Add(new TextPart(start, token.Content.Length, token.Id));
            rest = from;
        }

        if (rest < text.Length)
            parts.Add(new TextPart(rest, text.Length - rest, Id: null));
        return parts;
    }

    private (int Start, AddedToken Token)? Find(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(_contents);
        if (at < 0)
            return null;
        var start = from + at;
        return (start, _longestFirst.First(token => string.CompareOrdinal(text, start, token.Content, 0, token.Content.Length) == 0));
    }

    private static bool StandsAlone(string text, int start, int end) =>
        (Rune.DecodeLastFromUtf16(text.AsSpan(0, start), out var before, out _) != OperationStatus.Done || !IsWordCharacter(before))
        && (Rune.DecodeFromUtf16(text.AsSpan(end), out var after, out _) != OperationStatus.Done || !IsWordCharacter(after));

    // \w of Unicode's regular expressions, which is wider than .NET's.
    private static bool IsWordCharacter(Rune rune) =>
        Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.ConnectorPunctuation
        || rune.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169)
            or (>= 0x1F170 and <= 0x1F189);
}
