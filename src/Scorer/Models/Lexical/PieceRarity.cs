namespace Rerank.Scorer.Models.Lexical;

/// <summary>How rare a piece is in English text, in bits: 0 for symbols, below 0.1 for "the", 9 for a chunk no common word has.</summary>
internal static class PieceRarity
{
    // A text is expected to be built from the common words by Zipf's law, and from other words for the rest; those are taken to consist
    // of the same chunks as the common words of four letters and more.
    private const double ShareOfOtherWords = 0.25;
    private const double WordsInATypicalDocument = 200;
    private const double LeastProbability = 1e-5;
    private const int ShortestChunkedWord = LexicalVocabulary.ChunkLength + 1;

    internal static float[] Of(IReadOnlyList<string> pieces)
    {
        var probabilities = Probabilities(LexicalVocabulary.CommonWords);
        return [.. pieces.Select((piece, id) => id < LexicalVocabulary.SpecialCount || LexicalVocabulary.IsSymbol(piece)
            ? 0f
            : (float)Log2(1 + 1 / (WordsInATypicalDocument * Math.Max(probabilities.GetValueOrDefault(piece), LeastProbability))))];
    }

    private static Dictionary<string, double> Probabilities(IReadOnlyList<string> words)
    {
        var probabilities = new Dictionary<string, double>(StringComparer.Ordinal);
        var harmonic = 0.0;
        for (var rank = 1; rank <= words.Count; rank++)
            harmonic += 1.0 / rank;
        for (var rank = 1; rank <= words.Count; rank++)
            probabilities[words[rank - 1]] = (1 - ShareOfOtherWords) / (rank * harmonic);

        var chunked = words.Where(word => word.Length >= ShortestChunkedWord).ToArray();
        foreach (var chunk in chunked.SelectMany(LexicalVocabulary.Chunks))
            probabilities[chunk] = probabilities.GetValueOrDefault(chunk) + (ShareOfOtherWords / chunked.Length);
        return probabilities;
    }

    /// <summary>Binary logarithm of a number from 1 on, by squaring: Math.Log2 may differ in its last bit between machines.</summary>
    private static double Log2(double value)
    {
        var result = 0.0;
        for (; value >= 2; value /= 2)
            result++;
        for (var bit = 0.5; bit > 1e-9; bit /= 2)
        {
            value *= value;
            if (value < 2)
                continue;
            value /= 2;
            result += bit;
        }

        return result;
    }
}
