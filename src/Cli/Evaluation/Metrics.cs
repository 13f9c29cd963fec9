namespace Rerank.Cli.Evaluation;

/// <summary>Measures of one query's ranking, as trec_eval defines them.</summary>
internal static class Metrics
{
    /// <summary>
    /// Normalised discounted cumulative gain of the first <paramref name="depth"/> documents: the gain is the relevance, the discount
    /// log2(rank + 1). 0 if nothing is relevant.
    /// </summary>
    internal static double Ndcg(IReadOnlyList<RankedDocument> ranked, IReadOnlyDictionary<string, int> judged, int depth)
    {
        var ideal = Gain(judged.Values.OrderDescending().Take(depth));
        return ideal == 0 ? 0 : Gain(ranked.Take(depth).Select(document => Relevance(judged, document))) / ideal;
    }

    /// <summary>1 / rank of the first relevant document, 0 if none is among the first <paramref name="depth"/>.</summary>
    internal static double ReciprocalRank(IReadOnlyList<RankedDocument> ranked, IReadOnlyDictionary<string, int> judged, int depth)
    {
        for (var i = 0; i < Math.Min(depth, ranked.Count); i++)
        {
            if (Relevance(judged, ranked[i]) > 0)
                return 1.0 / (i + 1);
        }

        return 0;
    }

    /// <summary>Share of the relevant documents that are among the first <paramref name="depth"/>. 0 if nothing is relevant.</summary>
    internal static double Recall(IReadOnlyList<RankedDocument> ranked, IReadOnlyDictionary<string, int> judged, int depth)
    {
        var relevant = judged.Values.Count(relevance => relevance > 0);
        return relevant == 0 ? 0 : (double)ranked.Take(depth).Count(document => Relevance(judged, document) > 0) / relevant;
    }

    private static int Relevance(IReadOnlyDictionary<string, int> judged, RankedDocument document) =>
        judged.GetValueOrDefault(document.Document);

    private static double Gain(IEnumerable<int> relevances)
    {
        var sum = 0.0;
        var rank = 0;
        foreach (var relevance in relevances)
        {
            rank++;
            sum += Math.Max(relevance, 0) / Math.Log2(rank + 1);
        }

        return sum;
    }
}
