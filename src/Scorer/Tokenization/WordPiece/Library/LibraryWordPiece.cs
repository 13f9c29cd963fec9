using System.Text;
using Microsoft.ML.Tokenizers;

namespace Rerank.Scorer.Tokenization.WordPiece.Library;

/// <summary>
/// The <see cref="WordPieceTokenizer"/> of Microsoft.ML.Tokenizers with a model's vocabulary, our normalizer and our words: its own differ from
/// Hugging Face's. It shares neither the trie nor the loop with <see cref="WordPieceModel"/>.
/// </summary>
internal static class LibraryWordPiece
{
    internal static WordPieceTokenizer Create(WordPieceSettings settings)
    {
        using var lines = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', Lines(settings.Vocabulary))));
        return WordPieceTokenizer.Create(lines, new WordPieceOptions
        {
            Normalizer = new LibraryNormalizer(settings.Normalizer),
            PreTokenizer = new LibraryWords(),
            UnknownToken = settings.UnknownToken,
            ContinuingSubwordPrefix = settings.ContinuingPrefix,
            MaxInputCharsPerWord = settings.MaxWordLength,
        });
    }

    // The library takes a piece's line for its id. What no word can be, as it holds a blank, stands where an id has none.
    private static string[] Lines(IReadOnlyList<KeyValuePair<string, int>> vocabulary)
    {
        string[] lines = [.. Enumerable.Range(0, vocabulary.Max(piece => piece.Value) + 1).Select(id => $"no piece {id}")];
        var lastOfEqual = new Dictionary<string, int>(vocabulary.Count, StringComparer.Ordinal);
        foreach (var (piece, id) in vocabulary)
            lastOfEqual[piece] = id;
        foreach (var (piece, id) in lastOfEqual)
        {
            if (piece.Length > 0 && !piece.Any(char.IsWhiteSpace))
                lines[id] = piece;
        }

        return lines;
    }
}
