namespace Rerank.Cli.Output;

/// <param name="Job">Name of the job.</param>
/// <param name="Dataset">Id of the dataset.</param>
/// <param name="Subject">Where pairs are published to.</param>
internal sealed record OpenedJob(string Job, string Dataset, string Subject);
