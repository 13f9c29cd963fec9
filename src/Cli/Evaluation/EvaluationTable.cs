namespace Rerank.Cli.Evaluation;

/// <summary>An <see cref="EvaluationResult"/> for people.</summary>
internal static class EvaluationTable
{
    internal static void Write(EvaluationResult evaluation, TextWriter output)
    {
        output.WriteLine($"{"",-8}{"nDCG@10",9}{"MRR@10",9}{$"recall@{evaluation.RecallDepth}",12}{"queries",9}{"without results",17}");
        if (evaluation.Run is { } run)
            WriteRow("run", run, output);
        WriteRow("scores", evaluation.Scores, output);
        if (evaluation.Run is { } before)
        {
            var after = evaluation.Scores;
            output.WriteLine(
                $"{"change",-8}{after.Ndcg - before.Ndcg,9:+0.0000;-0.0000}{after.ReciprocalRank - before.ReciprocalRank,9:+0.0000;-0.0000}"
                + $"{after.Recall - before.Recall,12:+0.0000;-0.0000}");
        }

        output.WriteLine();
        output.WriteLine($"Job {evaluation.Job}, {evaluation.Rows:N0} rows. Means over all judged queries; one without results counts 0.");
        output.WriteLine("Equal scores are ordered by document id, the greater first, as in trec_eval.");
    }

    private static void WriteRow(string name, Quality quality, TextWriter output) => output.WriteLine(
        $"{name,-8}{quality.Ndcg,9:0.0000}{quality.ReciprocalRank,9:0.0000}{quality.Recall,12:0.0000}{quality.Queries,9}{quality.WithoutResults,17}");
}
