namespace Rerank.Scorer.Tokenization;

/// <summary>The special tokens around the two texts of a pair. Type ids are 0 before the document.</summary>
/// <param name="Before">Before the query.</param>
/// <param name="Between">Between query and document.</param>
/// <param name="After">After the document.</param>
/// <param name="DocumentType">Type id of the document and of what is after it.</param>
internal sealed record PairTemplate(int[] Before, int[] Between, int[] After, int DocumentType)
{
    /// <summary>Tokens that a pair has without any of its text.</summary>
    internal int Length { get; } = Before.Length + Between.Length + After.Length;

    /// <summary><c>[CLS] query [SEP] document [SEP]</c>, types 0 and 1.</summary>
    internal static PairTemplate Bert(int classification, int separator) => new([classification], [separator], [separator], DocumentType: 1);

    /// <summary><c>&lt;s&gt; query &lt;/s&gt; &lt;/s&gt; document &lt;/s&gt;</c>, types all 0.</summary>
    internal static PairTemplate Roberta(int classification, int separator) =>
        new([classification], [separator, separator], [separator], DocumentType: 0);
}
