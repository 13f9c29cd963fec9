namespace Rerank.Cli.Output;

internal sealed record DeadLetterList(string Job, IReadOnlyList<DeadLetterView> Letters);
