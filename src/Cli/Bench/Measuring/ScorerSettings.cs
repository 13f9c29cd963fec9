using System.Globalization;

namespace Rerank.Cli.Bench.Measuring;

/// <summary>What a Scorer is started with: configurations that differ in nothing of it share one.</summary>
internal sealed record ScorerSettings(
    string Model, string Backend, int? Lanes, bool Adaptive, int? FixedRows, TimeSpan? TargetLatency, int? TargetThroughput)
{
    internal static ScorerSettings For(PlannedRun run, GridPoint point) => new(
        run.Record.Model,
        run.Variant.Backend,
        run.Variant.Scorers,
        run.Variant.Adaptive,
        run.Variant.Adaptive ? null : point.Batch,
        run.Variant.TargetLatency,
        run.Variant.TargetThroughput);

    /// <summary>As arguments of the host.</summary>
    internal string[] Arguments() =>
    [
        $"--Scorer:Model={Model}",
        $"--Scorer:Backend={Backend}",
        $"--Scorer:Adaptive={Adaptive}",
        .. Lanes is { } lanes ? [$"--Scorer:Lanes={lanes}"] : Array.Empty<string>(),
        .. FixedRows is { } rows ? [$"--Scorer:FixedRows={rows}"] : Array.Empty<string>(),
        .. TargetLatency is { } latency ? [$"--Scorer:TargetLatency={latency.ToString("c", CultureInfo.InvariantCulture)}"] : Array.Empty<string>(),
        .. TargetThroughput is { } throughput ? [$"--Scorer:TargetThroughput={throughput}"] : Array.Empty<string>(),
    ];
}
