using Rerank.Cli.Evaluation;
using Rerank.Cli.Running;

namespace Rerank.Cli.Demonstration;

/// <summary>What <c>demo</c> prints at its end.</summary>
internal static class DemoReport
{
    // Every tenth, so that nobody chose them for their outcome.
    private static readonly string[] ShownQueries = ["q01", "q11", "q21"];

    internal static void Write(SampleSet samples, DatasetScores scores, RunResult run, TextWriter output)
    {
        output.WriteLine("2 answers the query, 1 is about it, - neither.");
        output.WriteLine();
        var comparison = new RankingComparison(samples, scores.Ranking);
        foreach (var query in ShownQueries)
            comparison.Write(query, output);

        var before = Quality.Of(samples.FirstStage, samples.Qrels);
        var after = Quality.Of(scores.Ranking, samples.Qrels);
        output.WriteLine($"nDCG@10     before {before.Ndcg:0.0000}, after {after.Ndcg:0.0000} (mean of {after.Queries} queries)");
        output.WriteLine(Throughput(run));
        output.WriteLine($"Parquet     {run.ScoresHere}");
    }

    private static string Throughput(RunResult run) => run.AlreadyComplete
        ? $"Throughput  nothing was left to do: {run.Rows:N0} pairs scored by an earlier run"
        : $"Throughput  {run.PairsPerSecond:N0} pairs/s: {run.Scored:N0} pairs in {run.Seconds:0.0} s, start and shutdown of the stages included";
}
