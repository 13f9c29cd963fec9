namespace Rerank.Cli.Reports.Reading;

/// <summary>One configuration of one run, as a filter.</summary>
internal sealed record Scope(string Run, int Configuration)
{
    internal const string Filter = "run = $run and configuration = $configuration";

    internal (string Name, object Value)[] Parameters => [("run", Run), ("configuration", Configuration)];
}
