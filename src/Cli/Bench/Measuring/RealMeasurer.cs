using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Bench.Measuring;

/// <summary>Measures through the real queue and the real hosts, in this process with a broker of its own, which starts with the first measurement.</summary>
internal sealed class RealMeasurer(BenchRequest request, TimeProvider time) : IMeasurer
{
    private BenchPipeline? _pipeline;

    public async Task<IReadOnlyList<RequestRow>> MeasureAsync(
        PlannedRun run, GridPoint point, Measurement measurement, CancellationToken cancellationToken)
    {
        if (!run.Variant.Adaptive && run.Experiment.Window is not null)
            throw new StageFailedException(ExitCode.Failed, "No real Scorer waits for a window to fill: a free lane never waits. Use --simulate.");
        try
        {
            _pipeline ??= await BenchPipeline.StartAsync(request.Output, time, cancellationToken);
            var model = await _pipeline.UseScorerAsync(ScorerSettings.For(run, point), point.Batch, cancellationToken);
            if (run.Record.Precision is { } wanted && model.Split('/') is [.., var found, _] && found != wanted)
                throw new StageFailedException(ExitCode.Failed, $"The model {model} has {found} weights, not {wanted}; name one that has with --model.");
            return await _pipeline.MeasureAsync(run, point, measurement, cancellationToken);
        }
        catch (StageFailedException) when (_pipeline is not null)
        {
            // Whatever is left in its queues would disturb the next measurement.
            await _pipeline.DisposeAsync();
            _pipeline = null;
            throw;
        }
    }

    public ValueTask DisposeAsync() => _pipeline?.DisposeAsync() ?? ValueTask.CompletedTask;
}
