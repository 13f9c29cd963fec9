using Rerank.Scorer.Simulation;
using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks;

/// <summary>Pairs of random pieces whose lengths are distributed as those of MS MARCO's (query, passage) pairs: 103 tokens on average.</summary>
internal static class Lengths
{
    private const int FirstWord = 1_996;
    private const int Words = 20_000;

    internal static TokenizedPair[] Pairs(int count, int[] special)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Pair(random, special))];
    }

    private static TokenizedPair Pair(Random random, int[] special)
    {
        var (query, document) = MsMarcoLengths.Draw(random);
        return new TokenizedPair([special[0], .. Text(query), special[1], .. Text(document), special[2]], query + 2, Truncated: false);

        IEnumerable<int> Text(int length) => Enumerable.Range(0, length).Select(_ => FirstWord + random.Next(Words)).ToArray();
    }
}
