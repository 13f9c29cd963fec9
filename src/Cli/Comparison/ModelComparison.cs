using System.Text;
using System.Text.Json.Serialization;
using Rerank.Cli.Evaluation;
using Rerank.Scorer.Gate;
using Rerank.Shared.Contracts;

namespace Rerank.Cli.Comparison;

/// <summary>The same pairs scored twice; the JSON object of <c>model compare</c>.</summary>
/// <param name="A">Identity of the first model, and how its passes were.</param>
/// <param name="B">The same of the second.</param>
/// <param name="Pairs">Pairs scored by both.</param>
/// <param name="Pearson">Over all pairs; null if it is not defined: a model gives all of them one score.</param>
/// <param name="MaxAbsDelta">Greatest difference of two logits.</param>
/// <param name="DeviationA">Standard deviation of the first's logits.</param>
/// <param name="MaxDeltaInDeviations">The greatest difference as a share of it; null if the first gives all pairs one score.</param>
/// <param name="MeanAbsDelta">Mean difference.</param>
/// <param name="Worst">Where the greatest is.</param>
/// <param name="KendallTau">Mean over queries of Kendall's τ-b; null if it is defined for none.</param>
/// <param name="KendallQueries">Queries that it is defined for: two documents or more, not all of one score.</param>
/// <param name="Queries">All queries.</param>
/// <param name="NdcgA">nDCG@10 of the first, if there are judgements.</param>
/// <param name="NdcgB">nDCG@10 of the second.</param>
internal sealed record ModelComparison(
    string A,
    string B,
    int Pairs,
    double? Pearson,
    double MaxAbsDelta,
    double DeviationA,
    double? MaxDeltaInDeviations,
    double MeanAbsDelta,
    WorstPair Worst,
    double? KendallTau,
    int KendallQueries,
    int Queries,
    [property: JsonPropertyName("ndcg_at_10_a")] double? NdcgA,
    [property: JsonPropertyName("ndcg_at_10_b")] double? NdcgB)
{
    /// <param name="a">What the first is.</param>
    /// <param name="b">What the second is.</param>
    /// <param name="pairs">At least one.</param>
    /// <param name="scoresA">A score a pair.</param>
    /// <param name="scoresB">The same of the second.</param>
    /// <param name="qrels">Judgements, if there are any.</param>
    internal static ModelComparison Of(string a, string b, IReadOnlyList<Pair> pairs, float[] scoresA, float[] scoresB, Qrels? qrels)
    {
        var deltas = scoresA.Zip(scoresB, (x, y) => Math.Abs((double)x - y)).ToArray();
        var worst = Array.IndexOf(deltas, deltas.Max());
        var deviation = Agreement.StandardDeviation([.. scoresA]);
        var queries = pairs.Index().GroupBy(pair => pair.Item.QueryId, pair => pair.Index, StringComparer.Ordinal).ToArray();
        var taus = queries.Select(query => TauOf([.. query], scoresA, scoresB)).OfType<double>().ToArray();
        return new ModelComparison(
            a,
            b,
            pairs.Count,
            Agreement.Pearson([.. scoresA], [.. scoresB]),
            deltas[worst],
            deviation,
            deviation > 0 ? deltas[worst] / deviation : null,
            deltas.Average(),
            new WorstPair(pairs[worst].Id, pairs[worst].QueryId, scoresA[worst], scoresB[worst]),
            taus.Length > 0 ? taus.Average() : null,
            taus.Length,
            queries.Length,
            qrels is null ? null : Quality.Of(Rank(pairs, scoresA), qrels).Ndcg,
            qrels is null ? null : Quality.Of(Rank(pairs, scoresB), qrels).Ndcg);
    }

    internal string ToText()
    {
        var text = new StringBuilder();
        text.Append($"A             {A}\n");
        text.Append($"B             {B}\n");
        text.Append($"pairs         {Pairs:N0} of {Queries:N0} queries\n");
        text.Append($"Pearson       {Pearson?.ToString("0.000000") ?? "not defined: a model gives one score to all"}\n");
        text.Append($"|A - B|       max {MaxAbsDelta:0.##E+0} (pair {Worst.Id}: {Worst.A:0.######}, {Worst.B:0.######}), mean {MeanAbsDelta:0.##E+0}\n");
        text.Append($"              max is {MaxDeltaInDeviations?.ToString("0.##E+0") ?? "not defined as a share"} of the standard deviation of A, {DeviationA:0.####}\n");
        text.Append($"Kendall tau-b {KendallTau?.ToString("0.0000") ?? "not defined"}, mean over {KendallQueries:N0} queries");
        if (NdcgA is not null)
            text.Append($"\nnDCG@10       A {NdcgA:0.0000}, B {NdcgB:0.0000}");
        return text.ToString();
    }

    private static double? TauOf(int[] query, float[] scoresA, float[] scoresB) => RankCorrelation.KendallTauB(
        query.Select(index => scoresA[index]).ToArray(), query.Select(index => scoresB[index]).ToArray());

    private static Ranking Rank(IReadOnlyList<Pair> pairs, float[] scores)
    {
        var ranking = new Ranking();
        for (var i = 0; i < pairs.Count; i++)
            ranking.Add(pairs[i].QueryId, pairs[i].DocumentId ?? pairs[i].Id, scores[i]);
        return ranking;
    }
}
