namespace Rerank.Scorer.Tokenization;

/// <summary>Which side of a pair gives way when both do not fit.</summary>
public enum Truncation
{
    /// <summary>The longer one, then both equally.</summary>
    LongestFirst,

    /// <summary>The document only; a query that leaves no room for it is an error.</summary>
    OnlySecond,
}
