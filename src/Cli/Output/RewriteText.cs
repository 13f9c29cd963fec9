using Rerank.Scorer.Models.Rewriting;

namespace Rerank.Cli.Output;

/// <summary>The line that the verbs print which make a model of another.</summary>
internal static class RewriteText
{
    internal static string Of(RewriteReport made) =>
        $"{made.Folder}: {made.Precision}, {made.BytesAfter:N0} bytes (before: {made.BytesBefore:N0}), {made.Done}";
}
