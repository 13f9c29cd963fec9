using Rerank.Cli.Bench.Experiments;
using Rerank.Cli.Bench.Measuring;
using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Bench;

/// <summary>Every run of some experiments, one after the other.</summary>
internal static class BenchSweep
{
    /// <returns>Done, or failed if a configuration has no result.</returns>
    /// <exception cref="StageFailedException">A run cannot be begun, or nothing was measured.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; reports of what there is are written.</exception>
    internal static async Task<int> RunAsync(
        IReadOnlyList<Experiment> experiments, BenchRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var output = new BenchOutput(request.Output);
        var bench = new BenchRun(output, request.Repeats, Console.Error);
        var (complete, any) = (true, false);
        await using var simulated = new SimulatedMeasurer(output);
        await using var real = new RealMeasurer(request, time);
        try
        {
            foreach (var run in experiments.SelectMany(experiment => PlannedRun.Of(experiment, request, time.GetLocalNow())))
            {
                complete &= await bench.MeasureAsync(run, run.Device is null ? real : simulated, cancellationToken);
                any = true;
            }
        }
        finally
        {
            if (any || Directory.Exists(output.Folder.Requests))
                BenchReports.Write(output.Folder.Path, Console.Out);
        }

        return complete ? ExitCode.Done : ExitCode.Failed;
    }
}
