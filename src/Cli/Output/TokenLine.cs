using Rerank.Scorer.Tokenization;

namespace Rerank.Cli.Output;

/// <summary>A line of <c>tokenize</c>'s output.</summary>
internal sealed record TokenLine(int[] InputIds, int[] TokenTypeIds)
{
    internal static TokenLine Of(TokenizedPair pair) =>
        new(pair.InputIds, [.. pair.InputIds.Select((_, index) => index < pair.FirstDocumentToken ? 0 : pair.DocumentType)]);
}
