namespace Rerank.Cli.Output;

internal sealed record JobList(IReadOnlyList<JobView> Jobs);
