using Rerank.Scorer.Simulation;

namespace Rerank.Cli.Simulating;

/// <summary>An experiment of the reference on a simulated device.</summary>
internal sealed record ExperimentResult(string Experiment, string Device, IReadOnlyList<ExperimentRow> Rows);
