using System.Text;

namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>
/// Where the Unicode data inside Hugging Face's <c>tokenizers</c> 0.23 differs from Unicode 17: categories are those of Unicode 8,
/// decomposition is that of Unicode 9, case mapping that of Unicode 17. Measured for every code point.
/// </summary>
internal static class UnicodeDifferences
{
    /// <summary>Nonspacing marks that are none to Hugging Face.</summary>
    internal static readonly CodePointRanges NotMarks = CodePointRanges.Parse(
        "7FD 897-89F 8CA-8E1 9FE AFA-AFF B55 C04 C3C D00 D3B-D3C D81 EBA ECE 180F 1885-1886 1ABF-1ADD 1AE0-1AEB 1DF6-1DFB A82C A8C5 A8FF " +
        "A9BD 10D24-10D27 10D69-10D6D 10EAB-10EAC 10EFA-10EFF 10F46-10F50 10F82-10F85 11070 11073-11074 110C2 111C9 111CF 1123E 11241 " +
        "1133B 113BB-113C0 113CE 113D0 113D2 113E1-113E2 11438-1143F 11442-11444 11446 1145E 1182F-11837 11839-1183A 1193B-1193C 1193E " +
        "11943 119D4-119D7 119DA-119DB 119E0 11A01-11A0A 11A33-11A38 11A3B-11A3E 11A47 11A51-11A56 11A59-11A5B 11A8A-11A96 11A98-11A99 " +
        "11B60 11B62-11B64 11B66 11C30-11C36 11C38-11C3D 11C3F 11C92-11CA7 11CAA-11CB0 11CB2-11CB3 11CB5-11CB6 11D31-11D36 11D3A " +
        "11D3C-11D3D 11D3F-11D45 11D47 11D90-11D91 11D95 11D97 11EF3-11EF4 11F00-11F01 11F36-11F3A 11F40 11F42 11F5A 13440 13447-13455 " +
        "1611E-16129 1612D-1612F 16F4F 16FE4 1CF00-1CF2D 1CF30-1CF46 1E000-1E006 1E008-1E018 1E01B-1E021 1E023-1E024 1E026-1E02A 1E08F " +
        "1E130-1E136 1E2AE 1E2EC-1E2EF 1E4EC-1E4EF 1E5EE-1E5EF 1E6E3 1E6E6 1E6EE-1E6EF 1E6F5 1E944-1E94A");

    /// <summary>No nonspacing marks any more.</summary>
    internal static readonly CodePointRanges FormerMarks = CodePointRanges.Parse("1734 1171E");

    /// <summary>Punctuation that is none to Hugging Face.</summary>
    internal static readonly CodePointRanges NotPunctuation = CodePointRanges.Parse(
        "61D 9FD A76 C77 C84 1B4E-1B4F 1B7D-1B7F 2E43-2E4F 2E52-2E5D 10D6E 10EAD 10ED0 10F55-10F59 10F86-10F89 113D4-113D5 113D7-113D8 " +
        "1144B-1144F 1145A-1145B 1145D 11660-1166C 116B9 1183B 11944-11946 119E2 11A3F-11A46 11A9A-11A9C 11A9E-11AA2 11B00-11B09 11BE1 " +
        "11C41-11C45 11C70-11C71 11EF7-11EF8 11F43-11F4F 11FFF 12FF1-12FF2 16D6D-16D6F 16E97-16E9A 16FE2 1E5FF 1E95E-1E95F");

    /// <summary>No punctuation any more.</summary>
    internal static readonly CodePointRanges FormerPunctuation = CodePointRanges.Parse("166D 111C9");

    /// <summary>Format characters that are none to Hugging Face.</summary>
    internal static readonly CodePointRanges NotFormat = CodePointRanges.Parse("890-891 8E2 110CD 13430-1343F");

    /// <summary>
    /// Decomposed, or moved by canonical ordering, since Unicode 10, so left in place here; and U+FFFE, which
    /// <see cref="string.Normalize()"/> throws on.
    /// </summary>
    internal static readonly CodePointRanges Undecomposable = CodePointRanges.Parse(
        "7FD 897-89F 8CA-8D3 9FE C3C D3B EBA 1715 1ABF-1ADD 1AE0-1AEB 1DF6-1DFA A82C FFFE 105C9 105E4 10D24-10D27 10D69-10D6D 10EAB-10EAC " +
        "10EFA-10EFB 10EFD-10EFF 10F46-10F50 10F82-10F85 11070 1133B 11383 11385 1138E 11391 113C5 113C7-113C8 113CE-113D0 1145E " +
        "11839-1183A 11938 1193D-1193E 11943 119E0 11A34 11A47 11A99 11D42 11D44-11D45 11D97 11F41-11F42 16121-16128 1612F 16D68-16D6A " +
        "16FF0-16FF1 1E08F 1E130-1E136 1E2AE 1E2EC-1E2EF 1E4EC-1E4EF 1E5EE-1E5EF 1E6E3 1E6E6 1E6EE-1E6EF 1E6F5");

    /// <summary>Lower case where it is newer than the ICU of many machines (Unicode 16 and 17).</summary>
    internal static Rune ToLower(Rune rune) => rune.Value switch
    {
        0x1C89 => new Rune(0x1C8A),
        0xA7CB => new Rune(0x0264),
        0xA7CC or 0xA7CE or 0xA7D2 or 0xA7D4 or 0xA7DA => new Rune(rune.Value + 1),
        0xA7DC => new Rune(0x019B),
        >= 0x10D50 and <= 0x10D65 => new Rune(rune.Value + 0x20),
        >= 0x16EA0 and <= 0x16EB8 => new Rune(rune.Value + 0x1B),
        _ => Rune.ToLowerInvariant(rune),
    };
}
