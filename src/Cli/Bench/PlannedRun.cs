using Rerank.Cli.Bench.Experiments;
using Rerank.Cli.Reports.Recording;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Simulation;

namespace Rerank.Cli.Bench;

/// <summary>One run before it is measured.</summary>
/// <param name="Experiment">Whose run it is.</param>
/// <param name="Variant">Which of them.</param>
/// <param name="Record">What will be written of it.</param>
/// <param name="Device">The simulated device; null for a real one.</param>
/// <param name="TimeFactor">How many times as long that device's passes take.</param>
/// <param name="Points">Its configurations.</param>
internal sealed record PlannedRun(
    Experiment Experiment, Variant Variant, RunRecord Record, string? Device, double TimeFactor, IReadOnlyList<GridPoint> Points)
{
    /// <summary>Every run of an experiment.</summary>
    internal static IEnumerable<PlannedRun> Of(Experiment experiment, BenchRequest request, DateTimeOffset now)
    {
        if (request.Backend is { } backend)
            experiment = experiment with { Backends = [backend] };
        var points = GridPoint.Of(experiment, request);
        return Variant.Of(experiment).Select(variant => For(experiment, variant, points, request, now));
    }

    private static PlannedRun For(Experiment experiment, Variant variant, IReadOnlyList<GridPoint> points, BenchRequest request, DateTimeOffset now)
    {
        // What was asked for by name is not replaced by a simulation: it is refused where it is not here.
        var device = request.Simulate ?? (request.Backend is null && Backends.Refusal(variant.Backend) is not null ? experiment.Simulate.Device : null);
        // The factor is one of that device on that evening, and says nothing of any other.
        var factor = device == experiment.Simulate.Device ? experiment.Simulate.TimeFactor : 1;
        var name = variant.NameIn(experiment);
        var record = new RunRecord
        {
            Run = name,
            Name = name,
            Description = device is null ? experiment.Description : $"{experiment.Description}. {SimulationNote(variant, device, factor)}",
            StartedAt = now,
            Model = device is null ? ModelOf(experiment, request) : "none: lengths only",
            ModelType = "Cross-Encoder",
            Backend = device is null ? variant.Backend : SimulatedMeasurement.Backend,
            Device = device ?? DeviceName.OfCpu(),
            DeviceKind = device is null ? DeviceKind.Real : DeviceKind.Simulated,
            Precision = device is null && request.Model is null ? variant.Precision : null,
            DynamicBatching = Batching(experiment, variant),
            Load = experiment.Load,
            RequestsPerConfiguration = points.Select(point => point.Requests).Distinct().Count() == 1 ? points[0].Requests : null,
            Workload = BenchWorkload.Description,
            Host = BenchMachine.Host(),
            Threads = new ThreadSettings(variant.Scorers, null),
            Packages = BenchMachine.Packages(),
            ToolVersion = BenchMachine.Version,
            Commit = BenchMachine.Commit,
            Command = request.Command,
            Configurations = [.. points.Select(point => point.Record)],
        };
        return new PlannedRun(experiment, variant, record, device, factor, points);
    }

    internal static string ModelOf(Experiment experiment, BenchRequest request) =>
        request.Model ?? (request.Scale == BenchScale.Small ? experiment.Small.Model : experiment.Model);

    private static string SimulationNote(Variant variant, string device, double factor) =>
        $"Simulated in virtual time for {variant.Backend} {variant.Precision}: device '{device}'"
        + (factor == 1 ? "" : FormattableString.Invariant($", its passes {factor:0.###} times as long, as fitted to the reference's rows of that experiment"));

    private static DynamicBatching Batching(Experiment experiment, Variant variant) => variant.Adaptive
        ? new DynamicBatching(Enabled: true)
        : experiment.Window is { } window
            ? new DynamicBatching(Enabled: true, MaxBatch: 256, window.TotalMilliseconds)
            : new DynamicBatching(Enabled: false);
}
