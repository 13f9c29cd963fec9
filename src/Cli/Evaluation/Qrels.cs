using System.Globalization;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Evaluation;

/// <summary>Relevance judgements: by query, the relevance of each judged document. Documents that are not judged are not relevant.</summary>
internal sealed class Qrels
{
    private const string Layout = "query 0 document relevance";
    private readonly SortedDictionary<string, Dictionary<string, int>> _queries = new(StringComparer.Ordinal);

    /// <summary>In ordinal order.</summary>
    internal IReadOnlyCollection<string> Queries => _queries.Keys;

    /// <summary>Reads a TREC qrels file; of two judgements of one document the later one counts.</summary>
    internal static Qrels Read(string path)
    {
        var qrels = new Qrels();
        TrecLines.Read(path, Layout, fieldCount: 4, fields =>
        {
            if (!int.TryParse(fields[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var relevance))
                return $"the relevance '{fields[3]}' is not a whole number";
            qrels.Add(fields[0], fields[2], relevance);
            return null;
        });
        return qrels.Queries.Count > 0
            ? qrels
            : throw new StageFailedException(ExitCode.Failed, $"{path} has no judgements; a line is '{Layout}'.");
    }

    internal void Add(string query, string document, int relevance)
    {
        if (!_queries.TryGetValue(query, out var documents))
            _queries.Add(query, documents = new Dictionary<string, int>(StringComparer.Ordinal));
        documents[document] = relevance;
    }

    /// <summary>Judged documents of a query of <see cref="Queries"/>.</summary>
    internal IReadOnlyDictionary<string, int> Of(string query) => _queries[query];
}
