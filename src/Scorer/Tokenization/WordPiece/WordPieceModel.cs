using System.Collections.Frozen;
using System.Text;

namespace Rerank.Scorer.Tokenization.WordPiece;

/// <summary>
/// BERT's words and pieces: a word ends at white space, each punctuation character is a word, and of a word always the longest piece
/// is taken. Thread-safe.
/// </summary>
/// <remarks>
/// Not the library's WordPieceTokenizer, which allocates lists for every word; a Scorer compares the two when it starts
/// (<see cref="Gate.TokenizerCheck"/>).
/// </remarks>
internal sealed class WordPieceModel : ISubwordModel
{
    internal const int UsualMaxWordLength = 100;

    private readonly BertNormalizer _normalizer;
    private readonly PieceTrie _pieces;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _wholeWords;
    private readonly int _continuing;
    private readonly int _unknownId;
    private readonly int _maxWordLength;

    private WordPieceModel(PieceTrie pieces, WordPieceSettings settings, int unknownId)
    {
        _normalizer = new BertNormalizer(settings.Normalizer);
        _pieces = pieces;
        // Most words are a piece of their own: one look-up instead of a step a character.
        _wholeWords = settings.Vocabulary.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _continuing = pieces.Walk(settings.ContinuingPrefix);
        _unknownId = unknownId;
        _maxWordLength = settings.MaxWordLength;
    }

    /// <param name="path">The file that all this is from, for messages.</param>
    /// <param name="pieces">The vocabulary.</param>
    /// <param name="settings">The rest.</param>
    /// <exception cref="TokenizerException">The unknown token is not in the vocabulary, or this process cannot strip accents.</exception>
    internal static WordPieceModel Create(string path, PieceTrie pieces, WordPieceSettings settings)
    {
        var unknownId = pieces.Find(settings.UnknownToken)
            ?? throw new TokenizerException($"{path} has no '{settings.UnknownToken}' in its vocabulary; get the file again.");
        if (settings.Normalizer.StripsAccents)
            RequireUnicodeData();
        return new WordPieceModel(pieces, settings, unknownId);
    }

    public ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text, TokenizingBuffers buffers) => _normalizer.Normalize(text, buffers);

    public bool TryAddIds(ReadOnlySpan<char> normalized, int limit, TokenizingBuffers buffers)
    {
        var start = 0;
        for (var i = 0; i < normalized.Length;)
        {
            var kinds = BertCharacters.KindsAt(normalized, i, out var width);
            var next = i + width;
            if (kinds.Is(CharacterKinds.WhiteSpace | CharacterKinds.Punctuation))
            {
                if (start < i && !TryAddWord(normalized[start..i], limit, buffers.Ids))
                    return false;
                if (kinds.Is(CharacterKinds.Punctuation) && !TryAddWord(normalized[i..next], limit, buffers.Ids))
                    return false;
                start = next;
            }

            i = next;
        }

        return start == normalized.Length || TryAddWord(normalized[start..], limit, buffers.Ids);
    }

    private bool TryAddWord(ReadOnlySpan<char> word, int limit, List<int> ids)
    {
        var before = ids.Count;
        if (IsTooLong(word) || !TryAddPieces(word, ids))
        {
            ids.RemoveRange(before, ids.Count - before);
            ids.Add(_unknownId);
        }

        return ids.Count < limit;
    }

    private bool TryAddPieces(ReadOnlySpan<char> word, List<int> ids)
    {
        if (_wholeWords.TryGetValue(word, out var whole))
        {
            ids.Add(whole);
            return true;
        }

        for (var from = PieceTrie.Root; word.Length > 0; from = _continuing)
        {
            int id = PieceTrie.None, length = 0;
            for (int node = from, i = 0; node >= 0 && i < word.Length; i++)
            {
                node = _pieces.Child(node, word[i]);
                if (node >= 0 && _pieces.IdAt(node) is var longer and >= 0)
                    (id, length) = (longer, i + 1);
            }

            if (id < 0)
                return false;
            ids.Add(id);
            word = word[length..];
        }

        return true;
    }

    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= _maxWordLength)
            return false;
        var codePoints = 0;
        foreach (var _ in word.EnumerateRunes())
            codePoints++;
        return codePoints > _maxWordLength;
    }

    // Without ICU normalization returns its input, and accents would silently stay.
    private static void RequireUnicodeData()
    {
        if ("\u00E9".Normalize(NormalizationForm.FormD).Length != 2)
            throw new TokenizerException(
                "This process has no Unicode data (invariant globalization), so accents cannot be stripped as the tokenizer asks. "
                + "Install ICU (Debian, Ubuntu: apt-get install libicu-dev; Alpine: apk add icu-libs icu-data-full) and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
    }
}
