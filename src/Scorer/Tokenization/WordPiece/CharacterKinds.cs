namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>What BERT's normalizer and pre-tokenizer ask about a code point.</summary>
[Flags]
internal enum CharacterKinds : byte
{
    None = 0,

    /// <summary>Control, format, private use, NUL, U+FFFD: taken out by clean_text.</summary>
    Removed = 1,

    WhiteSpace = 2,

    /// <summary>A word of its own.</summary>
    Punctuation = 4,

    /// <summary>A nonspacing mark: taken out by strip_accents.</summary>
    Mark = 8,

    /// <summary>A CJK ideograph: put between spaces by handle_chinese_chars.</summary>
    Ideograph = 16,

    /// <summary>Must be left as it is by decomposition, and nothing moves across it.</summary>
    Undecomposable = 32,
}
