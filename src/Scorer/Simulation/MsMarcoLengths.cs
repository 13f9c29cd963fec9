namespace Rerank.Scorer.Simulation;

/// <summary>Lengths distributed as those of MS MARCO's (query, passage) pairs in BERT's pieces: 103 tokens a pair on average, 232 at most.</summary>
internal static class MsMarcoLengths
{
    // Inverse of the cumulative distribution, at these probabilities. Queries and passages are as good as independent.
    private static readonly double[] Probability =
        [0, .01, .05, .1, .15, .2, .25, .3, .35, .4, .45, .5, .55, .6, .65, .7, .75, .8, .85, .9, .95, .99, .995, 1];

    private static readonly double[] Query = [2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 8, 8, 9, 9, 10, 11, 12, 15, 17, 36];

    private static readonly double[] Document =
        [18, 34, 46, 52, 56, 60, 64, 67, 71, 76, 83, 91, 97, 103, 109, 114, 119, 125, 130, 137, 148, 174, 183, 223];

    /// <summary>Pieces of the query and of the document, without special tokens.</summary>
    internal static (int Query, int Document) Draw(Random random) => (Draw(random, Query), Draw(random, Document));

    private static int Draw(Random random, double[] values)
    {
        var u = random.NextDouble();
        var i = Math.Max(1, Array.FindIndex(Probability, p => p >= u));
        var part = (u - Probability[i - 1]) / (Probability[i] - Probability[i - 1]);
        return (int)Math.Round(values[i - 1] + (part * (values[i] - values[i - 1])));
    }
}
