using System.Text;
using Microsoft.ML.Tokenizers;

namespace Rerank.Scorer.Tokenization;

/// <summary>Turns one text into token ids, without the tokens around it. Thread-safe.</summary>
internal sealed class SequenceTokenizer
{
    private readonly BertNormalizer _normalizer;
    private readonly BertPreTokenizer _preTokenizer = new();
    private readonly AddedTokenSplitter _added;
    private readonly AddedTokenSplitter _addedNormalized;
    private readonly WordPieceTokenizer _wordPiece;
    private readonly int _maxWordLength;

    internal SequenceTokenizer(TokenizerDefinition definition)
    {
        _normalizer = new BertNormalizer(definition.Normalizer);
        _maxWordLength = definition.MaxWordLength;
        _added = new AddedTokenSplitter(definition.AddedTokens.Where(token => !token.Normalized));
        _addedNormalized = new AddedTokenSplitter(definition.AddedTokens
            .Where(token => token.Normalized)
            .Select(token => token with { Content = _normalizer.Normalize(token.Content) }));
        _wordPiece = WordPieceTokenizer.Create(VocabularyStream(definition.Vocabulary), new WordPieceOptions
        {
            UnknownToken = definition.UnknownToken,
            ContinuingSubwordPrefix = definition.ContinuingPrefix,
            // It counts UTF-16 units, Hugging Face counts code points: the exact limit is kept here.
            MaxInputCharsPerWord = definition.MaxWordLength * 2,
        });
    }

    /// <summary>The ids up to and with the first whole word that brings them to <paramref name="limit"/>, where Hugging Face stops too.</summary>
    internal List<int> Encode(string text, int limit)
    {
        var ids = new List<int>();
        foreach (var part in _added.Split(text))
        {
            if (part.Id is { } id)
                ids.Add(id);
            else if (!AddPlainText(ids, _normalizer.Normalize(text.AsSpan(part.Start, part.Length)), limit))
                break;
        }

        return ids;
    }

    private bool AddPlainText(List<int> ids, string text, int limit)
    {
        foreach (var part in _addedNormalized.Split(text))
        {
            if (part.Id is { } id)
                ids.Add(id);
            else if (!AddWords(ids, text.Substring(part.Start, part.Length), limit))
                return false;
        }

        return true;
    }

    private bool AddWords(List<int> ids, string text, int limit)
    {
        foreach (var (offset, length) in _preTokenizer.PreTokenize(text))
        {
            AddWord(ids, text.AsSpan(offset, length));
            if (ids.Count >= limit)
                return false;
        }

        return true;
    }

    private void AddWord(List<int> ids, ReadOnlySpan<char> word)
    {
        if (word.Length > _maxWordLength && CodePoints(word) > _maxWordLength)
            ids.Add(_wordPiece.UnknownTokenId);
        else
            ids.AddRange(_wordPiece.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false));
    }

    private static int CodePoints(ReadOnlySpan<char> word)
    {
        var count = 0;
        foreach (var _ in word.EnumerateRunes())
            count++;
        return count;
    }

    /// <summary>The form that the library reads: a token a line, the line its id; an empty line is an id without a token.</summary>
    private static MemoryStream VocabularyStream(IReadOnlyDictionary<string, int> vocabulary)
    {
        var lines = new string[vocabulary.Values.Max() + 1];
        foreach (var (token, id) in vocabulary)
        {
            // No word holds white space, so these can never be found; a line end would move all ids after it.
            if (!token.Any(char.IsWhiteSpace))
                lines[id] = token;
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }
}
