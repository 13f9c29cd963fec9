namespace Rerank.Cli.Evaluation;

/// <summary>Scored documents by query. A document that comes twice for a query keeps its best score.</summary>
internal sealed class Ranking
{
    private readonly Dictionary<string, Dictionary<string, float>> _queries = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<string> Queries => _queries.Keys;

    /// <summary>Adds a score; false if the document already had one for this query.</summary>
    internal bool Add(string query, string document, float score)
    {
        if (!_queries.TryGetValue(query, out var documents))
            _queries.Add(query, documents = new Dictionary<string, float>(StringComparer.Ordinal));
        if (documents.TryAdd(document, score))
            return true;
        documents[document] = Math.Max(documents[document], score);
        return false;
    }

    /// <summary>Documents of a query, best first; empty for an unknown query.</summary>
    internal IReadOnlyList<RankedDocument> Of(string query)
    {
        if (!_queries.TryGetValue(query, out var documents))
            return [];
        var ranked = documents.Select(document => new RankedDocument(document.Key, document.Value)).ToList();
        ranked.Sort(RankedDocument.Order);
        return ranked;
    }
}
