using System.Text;
using Rerank.Scorer.Tokenization;

namespace Rerank.ParityTests.Scorer.Tokenization;

/// <summary>Texts that tokenizers stumble on, the same in every run.</summary>
internal sealed class FuzzTexts(int seed, string[] specialTokens)
{
    private static readonly string[] Words =
        ["the", "of", "Rerank", "playing", "unaffable", "don't", "3.14", "U.S.", "naïve", "CAFÉ", "Straße", "İstanbul", "ŒUVRE", "ﬁne", "①", "½", "日本語",
            "中文", "한국어", "हिन्दी", "ไทย", "Ελληνικά", "ΣΊΣΥΦΟΣ", "русский", "العربية", "עברית", "👩\u200D👩\u200D👧", "🇩🇪", "x=y+z", "http://a.b/c?d=e", "a▁b", "▁", "<", "##ing", "__"];
    private static readonly string[] Blanks = [" ", "  ", "   ", "\t", "\n", "\r\n", "\u00A0", "\u3000", "\u2028", "\u0085", "\u200B", "\u180E", "\uFEFF"];
    private static readonly string[] Marks = ["\u0301", "\u0308", "\u0327", "\u0345", "\u093F", "\u200D", "\uFE0F", "\u20E3", "\u0E33", "\u3099", "\u11A8", "\u0600", "\u1ABF"];
    private static readonly int[] MaxLengths = [5, 6, 7, 8, 10, 13, 16, 24, 32, 64, 128, 512];

    // The generator of a seeded Random is fixed by contract since .NET Core.
    private readonly Random _random = new(seed);

    public FuzzPair Pair() => new(
        Text(_random.Next(12)),
        Text(_random.Next(40)),
        MaxLengths[_random.Next(MaxLengths.Length)],
        _random.Next(3) == 0 ? Truncation.OnlySecond : Truncation.LongestFirst);

    private string Text(int parts)
    {
        var text = new StringBuilder();
        var block = Block();
        for (var part = 0; part < parts; part++)
        {
            if (_random.Next(8) == 0)
                block = Block();
            Append(text, block);
            if (_random.Next(3) != 0)
                text.Append(_random.Next(5) == 0 ? Any(Blanks) : " ");
        }

        return text.ToString();
    }

    private int Block() => _random.Next(3) == 0 ? _random.Next(0x1100) << 8 : _random.Next(0x100) << 8;

    private void Append(StringBuilder text, int block)
    {
        switch (_random.Next(16))
        {
            case < 5:
                text.Append(Any(Words));
                break;
            case < 9:
                for (var letters = _random.Next(1, 9); letters > 0; letters--)
                    AppendCodePoint(text, block + _random.Next(256));
                break;
            case < 11:
                AppendCodePoint(text, block + _random.Next(256));
                for (var marks = _random.Next(4); marks > 0; marks--)
                    text.Append(Any(Marks));
                break;
            case 11:
                text.Append(Any(specialTokens));
                break;
            case 12:
                AppendCodePoint(text, _random.Next(0x20) + (_random.Next(2) * 0x80));
                break;
            case 13:
                text.Append((char)_random.Next(0xD800, 0xE000));
                break;
            case 14 when _random.Next(8) == 0:
                for (var letters = _random.Next(90, 130); letters > 0; letters--)
                    AppendCodePoint(text, _random.Next(4) == 0 ? block + _random.Next(256) : 'a' + _random.Next(26));
                break;
            default:
                for (var letters = _random.Next(1, 12); letters > 0; letters--)
                    text.Append((char)_random.Next(' ', 0x7F));
                break;
        }
    }

    /// <summary>Of the surrogates' blocks, half a pair.</summary>
    private static void AppendCodePoint(StringBuilder text, int value)
    {
        if (Rune.TryCreate(value, out var rune))
            text.Append(rune.ToString());
        else
            text.Append((char)value);
    }

    private string Any(string[] texts) => texts[_random.Next(texts.Length)];
}
