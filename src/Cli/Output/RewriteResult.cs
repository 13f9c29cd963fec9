using Rerank.Scorer.Models.Rewriting;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Output;

/// <summary>How the verbs end which make a model of another.</summary>
internal static class RewriteResult
{
    /// <summary>Makes the model and prints what was made; the exit code.</summary>
    /// <param name="make">Makes it.</param>
    /// <param name="asJson">One JSON object instead of a line.</param>
    /// <exception cref="StageFailedException">It cannot be made.</exception>
    internal static int Print(Func<RewriteReport> make, bool asJson)
    {
        var made = make();
        if (asJson)
            JsonLine.Write(made, CliJson.Default.RewriteReport);
        else
            Console.Out.WriteLine(TextOf(made));
        return ExitCode.Done;
    }

    private static string TextOf(RewriteReport made) =>
        $"{made.Folder}: {made.Precision}, {made.BytesAfter:N0} bytes (before: {made.BytesBefore:N0}), {made.Done}";
}
