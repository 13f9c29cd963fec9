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
        return [.. Enumerable.Range(1, Count).Select(_ => Pair(random, tokenizer))];
    }

    // The generator of a seeded Random is fixed by contract since .NET Core.
    private static TokenizedPair Pair(Random random, PairTokenizer tokenizer)
    {
        int query = random.Next(1, LongestPart), document = random.Next(1, LongestPart);
        return tokenizer.Join(Text(query), Text(document), truncated: false);

        int[] Text(int length) => [.. Enumerable.Range(0, length).Select(_ => random.Next(tokenizer.VocabularySize))];
    }
}
