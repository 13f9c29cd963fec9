namespace Rerank.UnitTests.Scorer.Batching;

/// <summary>Token lengths of pairs like those of MS MARCO, by inverse distribution functions.</summary>
internal static class Lengths
{
    private static readonly double[] Shares =
        [0, .01, .05, .10, .15, .20, .25, .30, .35, .40, .45, .50, .55, .60, .65, .70, .75, .80, .85, .90, .95, .99, .995, 1];

    private static readonly int[] Queries = [2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 8, 8, 9, 9, 10, 11, 12, 15, 17, 36];

    private static readonly int[] Documents =
        [18, 34, 46, 52, 56, 60, 64, 67, 71, 76, 83, 91, 97, 103, 109, 114, 119, 125, 130, 137, 148, 174, 183, 223];

    internal static int Next(Random random) => At(Queries, random.NextDouble()) + At(Documents, random.NextDouble()) + 3;

    private static int At(int[] values, double share)
    {
        var above = Math.Max(1, Array.FindIndex(Shares, at => at >= share));
        var part = (share - Shares[above - 1]) / (Shares[above] - Shares[above - 1]);
        return (int)Math.Round(values[above - 1] + (part * (values[above] - values[above - 1])));
    }
}
