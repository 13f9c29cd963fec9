namespace Rerank.Scorer.Tokenization;

/// <summary>How many tokens of each side are kept, by Hugging Face's rules.</summary>
internal static class PairTruncation
{
    /// <summary>The lengths to keep, or null when the rule cannot be kept (<see cref="Truncation.OnlySecond"/>, query too long).</summary>
    /// <param name="query">Tokens of the query.</param>
    /// <param name="document">Tokens of the document.</param>
    /// <param name="budget">Tokens for both, special tokens not counted.</param>
    /// <param name="truncation">The rule.</param>
    internal static (int Query, int Document)? Fit(int query, int document, int budget, Truncation truncation)
    {
        if (query + document <= budget)
            return (query, document);
        if (budget == 0)
            return (0, 0);
        return truncation == Truncation.OnlySecond ? OnlySecond(query, budget) : LongestFirst(query, document, budget);
    }

    // A document without any token left is refused too, as Hugging Face does.
    private static (int Query, int Document)? OnlySecond(int query, int budget) => query < budget ? (query, budget - query) : null;

    private static (int Query, int Document) LongestFirst(int query, int document, int budget)
    {
        var shorter = Math.Min(query, document);
        var kept = shorter <= budget / 2 ? shorter : budget / 2;
        return query <= document ? (kept, budget - kept) : (budget - kept, kept);
    }
}
