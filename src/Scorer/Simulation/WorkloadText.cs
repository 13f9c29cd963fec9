using Rerank.Scorer.Models.Lexical;

namespace Rerank.Scorer.Simulation;

/// <summary>Text for measurements: common words, one token each to <c>builtin:lexical</c> and to BERT, as many as lengths are drawn.</summary>
public static class WorkloadText
{
    private const int SpecialTokens = 3;

    // Common words that BERT's uncased vocabulary does not hold whole.
    private static readonly string[] Split =
        ["allocate", "analyse", "anticipate", "bake", "conceive", "correlate", "equip", "infect", "instruct", "statistic", "symptom"];

    private static readonly string[] Words = [.. LexicalVocabulary.CommonWords.Except(Split)];

    /// <summary>Lengths as those of MS MARCO's queries and passages: see <see cref="MsMarcoLengths"/>.</summary>
    public static (string Query, string Document) Draw(Random random)
    {
        var (query, document) = MsMarcoLengths.Draw(random);
        return (Draw(random, query), Draw(random, document));
    }

    /// <summary>A length of <see cref="PairLengths.Skewed"/> for the pair, of which the query takes as much as one of MS MARCO.</summary>
    public static (string Query, string Document) DrawSkewed(Random random)
    {
        var words = PairLengths.Skewed.Draw(random) - SpecialTokens;
        var (query, _) = MsMarcoLengths.Draw(random);
        query = Math.Min(query, words - 1);
        return (Draw(random, query), Draw(random, words - query));
    }

    /// <summary>So many words.</summary>
    public static string Draw(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
}
