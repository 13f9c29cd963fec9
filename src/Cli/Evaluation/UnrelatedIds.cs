namespace Rerank.Cli.Evaluation;

/// <summary>Judgements that are of other queries than the scores, mostly because the ids are written differently.</summary>
internal static class UnrelatedIds
{
    private const int Shown = 3;

    /// <summary>A warning in words for a person if not one judged query has a score; else null.</summary>
    internal static string? Warning(Qrels qrels, Ranking ranking) =>
        qrels.Queries.Any(query => ranking.Queries.Contains(query))
            ? null
            : $"warning: none of the {qrels.Queries.Count:N0} judged queries has a score, so every figure is 0. Judged are {Some(qrels.Queries)}; "
                + $"scored are {Some(ranking.Queries)}. The query ids of judgements and pairs (query_id) must be the same.";

    private static string Some(IReadOnlyCollection<string> ids) => ids.Count == 0
        ? "none"
        : string.Join(", ", ids.Order(StringComparer.Ordinal).Take(Shown).Select(id => $"'{id}'")) + (ids.Count > Shown ? ", …" : "");
}
