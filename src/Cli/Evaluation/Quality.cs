using System.Text.Json.Serialization;

namespace Rerank.Cli.Evaluation;

/// <summary>How good a ranking is: means over all queries that have judgements.</summary>
/// <param name="Ndcg">nDCG@10.</param>
/// <param name="ReciprocalRank">MRR@10.</param>
/// <param name="Recall">Recall at the depth that was asked for.</param>
/// <param name="Queries">Queries that have judgements.</param>
/// <param name="WithoutResults">Those of them for which the ranking has no document; they count 0.</param>
internal sealed record Quality(
    [property: JsonPropertyName("ndcg_at_10")] double Ndcg,
    [property: JsonPropertyName("mrr_at_10")] double ReciprocalRank,
    double Recall,
    int Queries,
    int WithoutResults)
{
    internal const int Depth = 10;

    internal static Quality Of(Ranking ranking, Qrels qrels, int recallDepth = Depth)
    {
        double ndcg = 0, reciprocalRank = 0, recall = 0;
        var without = 0;
        foreach (var query in qrels.Queries)
        {
            var ranked = ranking.Of(query);
            var judged = qrels.Of(query);
            ndcg += Metrics.Ndcg(ranked, judged, Depth);
            reciprocalRank += Metrics.ReciprocalRank(ranked, judged, Depth);
            recall += Metrics.Recall(ranked, judged, recallDepth);
            without += ranked.Count == 0 ? 1 : 0;
        }

        var queries = Math.Max(qrels.Queries.Count, 1);
        return new Quality(ndcg / queries, reciprocalRank / queries, recall / queries, qrels.Queries.Count, without);
    }
}
