using Rerank.Scorer.Tokenization;

namespace Rerank.Benchmarks;

/// <summary>Pairs of random pieces whose lengths are distributed as those of MS MARCO's (query, passage) pairs: 103 tokens on average.</summary>
internal static class Lengths
{
    private const int FirstWord = 1_996;
    private const int Words = 20_000;

    // Inverse of the cumulative distribution, at these probabilities.
    private static readonly double[] Probability =
        [0, .01, .05, .1, .15, .2, .25, .3, .35, .4, .45, .5, .55, .6, .65, .7, .75, .8, .85, .9, .95, .99, .995, 1];

    private static readonly double[] Query = [2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 8, 8, 9, 9, 10, 11, 12, 15, 17, 36];

    private static readonly double[] Document =
        [18, 34, 46, 52, 56, 60, 64, 67, 71, 76, 83, 91, 97, 103, 109, 114, 119, 125, 130, 137, 148, 174, 183, 223];

    internal static TokenizedPair[] Pairs(int count, int[] special)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Pair(random, special))];
    }

    private static TokenizedPair Pair(Random random, int[] special)
    {
        int query = Draw(random, Query), document = Draw(random, Document);
        return new TokenizedPair([special[0], .. Text(query), special[1], .. Text(document), special[2]], query + 2, Truncated: false);

        IEnumerable<int> Text(int length) => Enumerable.Range(0, length).Select(_ => FirstWord + random.Next(Words)).ToArray();
    }

    private static int Draw(Random random, double[] values)
    {
        var u = random.NextDouble();
        var i = Math.Max(1, Array.FindIndex(Probability, p => p >= u));
        var part = (u - Probability[i - 1]) / (Probability[i] - Probability[i - 1]);
        return (int)Math.Round(values[i - 1] + (part * (values[i] - values[i - 1])));
    }
}
