using Rerank.Cli.Reports.Recording;
using Rerank.Scorer.Simulation;

namespace Rerank.Cli.Bench.Measuring;

/// <summary>Measures in virtual time: the same seed, which is the repeat, gives the same figures.</summary>
internal sealed class SimulatedMeasurer(BenchOutput output) : IMeasurer
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<RequestRow>> MeasureAsync(
        PlannedRun run, GridPoint point, Measurement measurement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = $"{measurement.Run}-{measurement.Configuration}-{measurement.Repeat}";
        // Simulated configurations take no time: one after the other on paper.
        var start = run.Record.StartedAt.AddHours(measurement.Configuration).AddDays(measurement.Repeat - 1);
        var simulation = Simulator.Measure(Request(run, point, measurement.Repeat), job, start.ToUnixTimeMilliseconds() * 1_000);
        await output.WriteAsync(measurement, simulation.Batches, cancellationToken);
        return [.. simulation.Answers.OrderBy(answer => answer.Request).Select(Row)];

        RequestRow Row(SimulatedAnswer answer) => new(
            answer.Request,
            job,
            answer.Pairs,
            start.AddMilliseconds(answer.SentMs),
            start.AddMilliseconds(answer.SentMs + answer.LatencyMs),
            answer.SentMs,
            answer.LatencyMs);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static SimulationRequest Request(PlannedRun run, GridPoint point, int repeat) => new()
    {
        Device = run.Device!,
        TimeFactor = run.TimeFactor,
        Arrivals = run.Experiment.Load switch
        {
            LoadShape.Open => "bursts",
            LoadShape.Backlog => "backlog",
            _ => "closed",
        },
        Policy = run.Variant.Adaptive ? "adaptive" : run.Experiment.Window is null ? "fixed" : "window",
        Callers = point.Callers ?? 1,
        Batch = point.Batch,
        Rate = point.Rate,
        Requests = point.Requests,
        TargetLatency = run.Variant.TargetLatency,
        TargetThroughput = run.Variant.TargetThroughput,
        Duration = Longest,
        Seed = repeat,
    };
}
