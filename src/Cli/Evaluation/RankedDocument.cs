namespace Rerank.Cli.Evaluation;

/// <summary>A document and its score for one query.</summary>
internal readonly record struct RankedDocument(string Document, float Score)
{
    /// <summary>
    /// The order that trec_eval uses: greater score first, equal scores by document id, greater first.
    /// It depends on nothing else, so that a tie cannot help or harm by chance.
    /// </summary>
    internal static Comparison<RankedDocument> Order { get; } = static (a, b) =>
        a.Score == b.Score ? string.CompareOrdinal(b.Document, a.Document) : b.Score.CompareTo(a.Score);
}
