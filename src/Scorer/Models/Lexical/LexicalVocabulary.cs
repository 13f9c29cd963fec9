using System.Collections.Frozen;
using System.Text;

namespace Rerank.Scorer.Models.Lexical;

/// <summary>
/// A WordPiece vocabulary made by rule: the common English words whole, every other word in chunks of up to three letters or digits,
/// other scripts letter by letter.
/// </summary>
internal static class LexicalVocabulary
{
    /// <summary>Pieces with an id below this are special: [PAD] [UNK] [CLS] [SEP] [MASK].</summary>
    internal const int SpecialCount = 5;

    internal const int ChunkLength = 3;

    internal const string Continuation = "##";

    // Fixed ranges, not character categories: those change with the Unicode version of the runtime, and ids must not.
    // Letters of these scripts are what normalization leaves: lower case, without accents.
    private static readonly (char First, char Last)[] JoinedScripts =
    [
        ('\u00DF', '\u00FF'), ('\u03B1', '\u03C9'), ('\u0430', '\u045F'), ('\u05D0', '\u05EA'), ('\u0621', '\u064A'),
        ('\u0905', '\u0939'), ('\u0E01', '\u0E2E'), ('\u1100', '\u11FF'), ('\u3041', '\u3096'), ('\u30A1', '\u30FC'),
    ];

    // Ideographs stand alone in BERT's tokenization, so they need no continuation.
    private static readonly (char First, char Last) Ideographs = ('\u4E00', '\u9FA5');

    private static readonly (char First, char Last)[] SymbolRanges =
    [
        ('!', '/'), (':', '@'), ('[', '`'), ('{', '~'), ('\u00A1', '\u00BF'), ('\u2010', '\u2027'), ('\u3001', '\u3011'),
    ];

    private static readonly FrozenSet<string> Symbols = SymbolRanges.SelectMany(Range).ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] AsciiLetters = [.. Range(('a', 'z'))];
    private static readonly string[] AsciiDigits = [.. Range(('0', '9'))];

    /// <summary>Common English words, the most frequent first (in bands; alphabetical within the later ones).</summary>
    internal static IReadOnlyList<string> CommonWords { get; } = ReadCommonWords();

    /// <summary>All pieces; the index is the id.</summary>
    internal static IReadOnlyList<string> Pieces { get; } = [.. All().Distinct(StringComparer.Ordinal)];

    internal static bool IsContinuation(string piece) =>
        piece.Length > Continuation.Length && piece.StartsWith(Continuation, StringComparison.Ordinal);

    /// <summary>Punctuation and the like: in the vocabulary, so that it is not unknown, but worth nothing.</summary>
    internal static bool IsSymbol(string piece) => Symbols.Contains(piece);

    /// <summary>The file <c>vocab.txt</c>: one piece a line.</summary>
    internal static byte[] ToFile(IEnumerable<string> pieces) =>
        Encoding.UTF8.GetBytes(string.Concat(pieces.Select(piece => piece + "\n")));

    /// <summary>A word as the chunks it falls into where it is not a piece itself.</summary>
    internal static IEnumerable<string> Chunks(string word)
    {
        for (var i = 0; i < word.Length; i += ChunkLength)
            yield return (i == 0 ? "" : Continuation) + word[i..Math.Min(i + ChunkLength, word.Length)];
    }

    private static IEnumerable<string> All() =>
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
        .. SymbolRanges.SelectMany(Range),
        .. CommonWords,
        .. WithContinuations(Words(AsciiLetters, 1)),
        .. WithContinuations(Words(AsciiLetters, 2)),
        .. WithContinuations(Words(AsciiDigits, 1)),
        .. WithContinuations(Words(AsciiDigits, 2)),
        .. WithContinuations(Words(AsciiDigits, ChunkLength)),
        .. WithContinuations(Words(AsciiLetters, ChunkLength)),
        .. WithContinuations(JoinedScripts.SelectMany(Range)),
        .. Range(Ideographs),
    ];

    private static IEnumerable<string> Words(string[] alphabet, int length) =>
        length == 1 ? alphabet : Words(alphabet, length - 1).SelectMany(start => alphabet.Select(end => start + end));

    private static IEnumerable<string> WithContinuations(IEnumerable<string> pieces) =>
        pieces.SelectMany(piece => (string[])[piece, Continuation + piece]);

    private static IEnumerable<string> Range((char First, char Last) range) =>
        Enumerable.Range(range.First, range.Last - range.First + 1).Select(character => ((char)character).ToString());

    private static string[] ReadCommonWords()
    {
        using var stream = typeof(LexicalVocabulary).Assembly.GetManifestResourceStream("common-words.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
