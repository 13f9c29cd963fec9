namespace Rerank.Cli.Output;

/// <param name="Job">The job.</param>
/// <param name="Retried">Pairs published again.</param>
/// <param name="NotKept">Letters that do not hold the whole record, or have no ordinal.</param>
internal sealed record RetriedLetters(string Job, int Retried, int NotKept);
