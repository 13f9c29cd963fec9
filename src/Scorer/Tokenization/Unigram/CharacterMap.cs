using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Rerank.Scorer.Tokenization.Unigram;

/// <summary>
/// Hugging Face's Precompiled, SentencePiece's table of replacements: a trie of UTF-8 keys in a double array, and the replacements, each
/// ended by NUL. Thread-safe.
/// </summary>
internal sealed class CharacterMap : INormalizerStep
{
    // A longer grapheme is not looked up as a whole, whatever the table holds: the reference has it so.
    private const int MaxGraphemeBytes = 5;
    private const int MaxRuneBytes = 4;
    private const int NotFound = -1;

    private readonly uint[] _units;
    private readonly byte[] _replacements;
    private readonly int[] _asciiReplacements = new int[128];

    private CharacterMap(uint[] units, byte[] replacements)
    {
        _units = units;
        _replacements = replacements;
        for (var c = 0; c < _asciiReplacements.Length; c++)
            _asciiReplacements[c] = Find([(byte)c]);
    }

    /// <summary>Reads the bytes of <c>precompiled_charsmap</c>; null if they are no such table.</summary>
    internal static CharacterMap? Read(ReadOnlySpan<byte> table)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(table, out var trieBytes) || trieBytes is 0 || trieBytes % 4 != 0 || trieBytes > table.Length - 4)
            return null;
        var trie = table.Slice(4, (int)trieBytes);
        var units = new uint[trie.Length / 4];
        for (var i = 0; i < units.Length; i++)
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(trie[(4 * i)..]);
        return new CharacterMap(units, table[(4 + trie.Length)..].ToArray());
    }

    public void Apply(ReadOnlySpan<char> text, TextBuffer output)
    {
        while (text.Length > 0)
        {
            var grapheme = text[..GraphemeLength(text)];
            text = text[grapheme.Length..];
            if (grapheme.Length == 1 && char.IsAscii(grapheme[0]))
                Append(grapheme, _asciiReplacements[grapheme[0]], output);
            else if (!TryAppendWhole(grapheme, output))
                AppendRunes(grapheme, output);
        }
    }

    // No ASCII character joins the one before it, but for the line feed.
    private static int GraphemeLength(ReadOnlySpan<char> text) =>
        char.IsAscii(text[0]) && (text.Length == 1 || (char.IsAscii(text[1]) && text[1] != '\n'))
            ? 1
            : StringInfo.GetNextTextElementLength(text);

    private bool TryAppendWhole(ReadOnlySpan<char> grapheme, TextBuffer output)
    {
        Span<byte> utf8 = stackalloc byte[MaxGraphemeBytes];
        if (!Encoding.UTF8.TryGetBytes(grapheme, utf8, out var written) || Find(utf8[..written]) is not (>= 0 and var replacement))
            return false;
        Append(grapheme, replacement, output);
        return true;
    }

    private void AppendRunes(ReadOnlySpan<char> grapheme, TextBuffer output)
    {
        Span<byte> utf8 = stackalloc byte[MaxRuneBytes];
        foreach (var rune in grapheme.EnumerateRunes())
        {
            Append(grapheme[..rune.Utf16SequenceLength], Find(utf8[..rune.EncodeToUtf8(utf8)]), output);
            grapheme = grapheme[rune.Utf16SequenceLength..];
        }
    }

    private void Append(ReadOnlySpan<char> original, int replacement, TextBuffer output)
    {
        if (replacement < 0)
        {
            output.Append(original);
            return;
        }

        var rest = _replacements.AsSpan(replacement);
        output.AppendUtf8(rest.IndexOf((byte)0) is var end and >= 0 ? rest[..end] : rest);
    }

    /// <summary>Where the replacement of the shortest key begins that the text begins with: the shortest, as the reference has it.</summary>
    private int Find(ReadOnlySpan<byte> text)
    {
        var at = Offset(_units[0]);
        foreach (var label in text)
        {
            at ^= label;
            if (label == 0 || at >= (uint)_units.Length || Label(_units[at]) != label)
                return NotFound;
            var isEnd = (_units[at] & 0x100) != 0;
            at ^= Offset(_units[at]);
            if (isEnd)
                return at < (uint)_units.Length && (_units[at] & int.MaxValue) is var start && start <= _replacements.Length ? (int)start : NotFound;
        }

        return NotFound;
    }

    // The layout of a unit is that of the library Darts-clone: a label, a mark that a key ends here, and the distance to its children.
    private static uint Label(uint unit) => unit & 0x800000FF;

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
