namespace Rerank.Cli.Reports.Recording;

/// <summary>One configuration of a run, measured once.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Configuration">Index of the configuration, from 1.</param>
/// <param name="Repeat">From 1.</param>
internal sealed record Measurement(string Run, int Configuration, int Repeat);
