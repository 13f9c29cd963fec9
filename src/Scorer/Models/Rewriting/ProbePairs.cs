using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Models.Rewriting;

/// <summary>Made-up pairs of mixed lengths, the same in every run, for a look at what a rewritten graph computes.</summary>
internal static class ProbePairs
{
    private const int Count = 12;
    private const int LongestPart = 30;

    internal static TokenizedPair[] Of(PairTokenizer tokenizer)
    {
        var random = new Random(1);
        var special = tokenizer.Encode("", "", maxLength: 3).InputIds;
        return [.. Enumerable.Range(1, Count).Select(_ => Pair(random, special, tokenizer.VocabularySize))];
    }

    // The generator of a seeded Random is fixed by contract since .NET Core.
    private static TokenizedPair Pair(Random random, int[] special, int vocabulary)
    {
        int query = random.Next(1, LongestPart), document = random.Next(1, LongestPart);
        return new TokenizedPair(
            [special[0], .. Text(query), special[1], .. Text(document), special[2]], query + 2, Truncated: false);

        IEnumerable<int> Text(int length) => Enumerable.Range(0, length).Select(_ => random.Next(vocabulary)).ToArray();
    }
}
