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

    /// <summary>The first added token at or after <paramref name="from"/>, or null.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">0, or <see cref="AddedTokenMatch.Next"/> of the last one.</param>
    /// <param name="taken">0, or <see cref="AddedTokenMatch.End"/> of the last one.</param>
    internal AddedTokenMatch? Find(ReadOnlySpan<char> text, int from, int taken)
    {
        while (text[from..].IndexOfAny(_contents) is var at and >= 0)
        {
            var start = from + at;
            var token = LongestAt(text[start..]);
            var end = start + token.Content.Length;
            from = end;
            if (!token.SingleWord || StandsAlone(text, start, end))
            {
                return new AddedTokenMatch(
                    token.Id,
                    token.TakesSpaceBefore ? Math.Max(taken, text[..start].TrimEnd().Length) : start,
                    token.TakesSpaceAfter ? text.Length - text[end..].TrimStart().Length : end,
                    end);
            }
        }

        return null;
    }

    private AddedToken LongestAt(ReadOnlySpan<char> text)
    {
        foreach (var token in _longestFirst)
        {
            if (text.StartsWith(token.Content, StringComparison.Ordinal))
                return token;
        }

        throw new InvalidOperationException("The search found a token that is none.");
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int end) =>
        (Rune.DecodeLastFromUtf16(text[..start], out var before, out _) != OperationStatus.Done || !IsWordCharacter(before))
        && (Rune.DecodeFromUtf16(text[end..], out var after, out _) != OperationStatus.Done || !IsWordCharacter(after));

    // \w of Unicode's regular expressions, which is wider than .NET's.
    private static bool IsWordCharacter(Rune rune) =>
        Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.ConnectorPunctuation
        || rune.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169)
            or (>= 0x1F170 and <= 0x1F189);
}
