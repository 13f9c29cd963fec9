namespace Rerank.Cli.Evaluation;

/// <summary>What <c>eval</c> found; its JSON object.</summary>
/// <param name="Job">The job whose scores were evaluated.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="RecallDepth">Documents a query that recall looks at.</param>
/// <param name="Run">Quality of the order before, if a run was given.</param>
/// <param name="Scores">Quality of the order by score.</param>
internal sealed record EvaluationResult(string Job, long Rows, int RecallDepth, Quality? Run, Quality Scores);
