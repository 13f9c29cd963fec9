using System.Globalization;
using System.Text;

namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>A fixed set of code points. Thread-safe.</summary>
internal sealed class CodePointRanges
{
    private readonly int[] _first;
    private readonly int[] _last;

    private CodePointRanges(int[] first, int[] last)
    {
        _first = first;
        _last = last;
    }

    /// <summary>Reads ascending ranges of hexadecimal code points such as <c>7FD 897-89F</c>.</summary>
    internal static CodePointRanges Parse(string text)
    {
        var ranges = text.Split(' ').Select(range => range.Split('-')).ToArray();
        return new CodePointRanges([.. ranges.Select(range => Hexadecimal(range[0]))], [.. ranges.Select(range => Hexadecimal(range[^1]))]);
    }

    internal bool Contains(Rune rune)
    {
        var index = Array.BinarySearch(_last, rune.Value);
        if (index < 0)
            index = ~index;
        return index < _first.Length && _first[index] <= rune.Value;
    }

    private static int Hexadecimal(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
