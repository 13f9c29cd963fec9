using Rerank.Scorer.Models.Lexical;

namespace Rerank.Scorer.Simulation;

/// <summary>Text for measurements: common words, one token each to any English vocabulary, in numbers distributed as those of MS MARCO.</summary>
public static class WorkloadText
{
    public static (string Query, string Document) Draw(Random random)
    {
        var (query, document) = MsMarcoLengths.Draw(random);
        return (Words(random, query), Words(random, document));
    }

    private static string Words(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => LexicalVocabulary.CommonWords[random.Next(LexicalVocabulary.CommonWords.Count)]));
}
