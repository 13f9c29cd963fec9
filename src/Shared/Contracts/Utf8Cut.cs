using System.Text;

namespace Rerank.Shared.Contracts;

internal static class Utf8Cut
{
    /// <summary>The longest prefix of whole code points whose UTF-8 is at most <paramref name="maxBytes"/> bytes.</summary>
    internal static string ToBytes(string text, int maxBytes)
    {
        // A UTF-16 unit is at most three bytes of UTF-8, so most texts need no count.
        if ((long)text.Length * 3 <= maxBytes || Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;

        int bytes = 0, end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
                break;
            end += rune.Utf16SequenceLength;
        }

        return text[..end];
    }
}
