using Rerank.Cli.Bench.Measuring;
using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Bench;

/// <summary>Measures what of a run is not in the output yet. A configuration that fails is recorded, and the others go on.</summary>
internal sealed class BenchRun(BenchOutput output, int repeats, TextWriter progress)
{
    /// <summary>Whether every configuration has a result.</summary>
    /// <exception cref="StageFailedException">The folder has another run of that name.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; what was measured is in the tables.</exception>
    internal async Task<bool> MeasureAsync(PlannedRun run, IMeasurer measurer, CancellationToken cancellationToken)
    {
        var record = Resumed(run.Record);
        output.Write(record);
        foreach (var (repeat, point) in Enumerable.Range(1, repeats).SelectMany(_ => run.Points, (repeat, point) => (repeat, point)))
        {
            var measurement = new Measurement(record.Run, point.Index, repeat);
            if (point.Index > record.Configurations.Count || output.Has(measurement))
                continue;
            var (rows, failure) = await TryMeasureAsync(run, point, measurement, measurer, cancellationToken);
            if (failure is not null)
                record = record with { Failures = [.. record.Failures, failure] };
            else if (IsSaturated(point, rows))
                record = record with { Configurations = [.. record.Configurations.Take(point.Index)] };
            else
                continue;
            output.Write(record);
        }

        return record.Failures.Count == 0;
    }

    /// <summary>The record of an earlier attempt keeps its time; what failed then is tried again.</summary>
    private RunRecord Resumed(RunRecord planned)
    {
        if (output.Find(planned.Run) is not { } stored)
            return planned;
        if (Differences(planned, stored) is { Count: > 0 } differences)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage,
                $"{output.Folder.Path} has the run '{planned.Run}' with other settings: {string.Join("; ", differences)}. "
                + "Choose another --output, or repeat the first command.");
        }

        return stored with { Failures = [] };
    }

    private static List<string> Differences(RunRecord planned, RunRecord stored)
    {
        var differences = new List<string>();
        void Compare(string what, string? wanted, string? existing)
        {
            if (wanted != existing)
                differences.Add($"{what} is '{wanted}', there it is '{existing}'");
        }

        Compare("model", planned.Model, stored.Model);
        Compare("backend", planned.Backend, stored.Backend);
        Compare("device", planned.Device, stored.Device);
        Compare("requests a configuration", $"{planned.RequestsPerConfiguration}", $"{stored.RequestsPerConfiguration}");
        // A sweep of rates ends where it is saturated.
        Compare("grid", Grid(planned, stored.Load == LoadShape.Open ? stored.Configurations.Count : int.MaxValue), Grid(stored, int.MaxValue));
        return differences;

        static string Grid(RunRecord run, int points) => string.Join(
            ", ", run.Configurations.Take(points).Select(point => FormattableString.Invariant($"{point.Batch}×{point.Concurrency}{point.OfferedRate}")));
    }

    /// <summary>Higher rates than this one would only fill the queue.</summary>
    private static bool IsSaturated(GridPoint point, IReadOnlyList<RequestRow> rows) =>
        point.Rate is { } rate && PairsPerSecond(rows) < Saturation.KeptUp * rate;

    private static double PairsPerSecond(IReadOnlyList<RequestRow> rows) =>
        rows.Sum(row => (long)row.Pairs) / rows.Max(row => row.SentMs + row.LatencyMs) * 1_000;

    private async Task<(IReadOnlyList<RequestRow> Rows, FailureRecord? Failure)> TryMeasureAsync(
        PlannedRun run, GridPoint point, Measurement measurement, IMeasurer measurer, CancellationToken cancellationToken)
    {
        var place = $"{run.Record.Name} {point.Index}/{run.Points.Count}{(repeats > 1 ? $" repeat {measurement.Repeat}" : "")}";
        try
        {
            var rows = await measurer.MeasureAsync(run, point, measurement, cancellationToken);
            await output.WriteAsync(measurement, rows, cancellationToken);
            await progress.WriteLineAsync(FormattableString.Invariant(
                $"{place}: {PairsPerSecond(rows):N0} pairs/s, {rows.Average(row => row.LatencyMs):N1} ms"));
            return (rows, null);
        }
        catch (StageFailedException e)
        {
            await progress.WriteLineAsync($"{place}: {e.Message}");
            return ([], new FailureRecord(point.Index, measurement.Repeat, e.Message));
        }
    }
}
