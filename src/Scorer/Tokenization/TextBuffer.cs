using System.Text;

namespace Rerank.Scorer.Tokenization;

/// <summary>Text that is written over and over again, without an allocation once it has been at its longest.</summary>
internal sealed class TextBuffer
{
    private char[] _chars = new char[1024];
    private int _length;

    internal ReadOnlySpan<char> Text => _chars.AsSpan(0, _length);

    internal void Clear() => _length = 0;

    internal void Replace(char character, char other) => _chars.AsSpan(0, _length).Replace(character, other);

    internal void Append(char character)
    {
        if (_length == _chars.Length)
            Grow(_length + 1);
        _chars[_length++] = character;
    }

    internal void Append(Rune rune) => _length += rune.EncodeToUtf16(Room(2));

    internal void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    /// <param name="text">ASCII only.</param>
    internal void AppendAsciiLower(ReadOnlySpan<char> text)
    {
        Ascii.ToLower(text, Room(text.Length), out var written);
        _length += written;
    }

    internal void AppendUtf8(ReadOnlySpan<byte> text) => _length += Encoding.UTF8.GetChars(text, Room(text.Length));

    internal void AppendDecomposed(ReadOnlySpan<char> text)
    {
        int written;
        for (var room = text.Length + 16; !text.TryNormalize(Room(room), out written, NormalizationForm.FormD); room *= 2)
        {
        }

        _length += written;
    }

    private Span<char> Room(int least)
    {
        if (_chars.Length - _length < least)
            Grow(_length + least);
        return _chars.AsSpan(_length);
    }

    private void Grow(int least) => Array.Resize(ref _chars, Math.Max(least, _chars.Length * 2));
}
