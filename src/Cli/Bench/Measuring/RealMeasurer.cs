using Rerank.Cli.Pulling;
using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Bench.Measuring;

/// <summary>Measures through the real queue and the real hosts, in this process with a broker of its own, which starts with the first measurement.</summary>
internal sealed class RealMeasurer(BenchRequest request, TimeProvider time) : IMeasurer
{
    private readonly Dictionary<string, string> _identities = new(StringComparer.Ordinal);
    private BenchPipeline? _pipeline;

    public async Task<IReadOnlyList<RequestRow>> MeasureAsync(
        PlannedRun run, GridPoint point, Measurement measurement, CancellationToken cancellationToken)
    {
        if (!run.Variant.Adaptive && run.Experiment.Window is not null)
            throw new StageFailedException(ExitCode.Failed, "No real Scorer waits for a window to fill: a free lane never waits. Use --simulate.");
        try
        {
            _pipeline ??= await BenchPipeline.StartAsync(request.Output, time, cancellationToken);
            var identity = await IdentityAsync(run.Record.Model, cancellationToken);
            var model = await _pipeline.UseScorerAsync(ScorerSettings.For(run, point), identity, point.Batch, cancellationToken);
            if (run.Record.Precision is { } wanted && model.Split('/') is [.., var found, _] && found != wanted)
                throw new StageFailedException(ExitCode.Failed, $"The model {model} has {found} weights, not {wanted}; name one that has with --model.");
            return await _pipeline.MeasureAsync(run, identity, point, measurement, cancellationToken);
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

    /// <summary>What a job must ask for: a Scorer that was given a folder does not know it by its path.</summary>
    private async Task<string> IdentityAsync(string model, CancellationToken cancellationToken) =>
        _identities.TryGetValue(model, out var known)
            ? known
            : _identities[model] = (await OpenedModel.OpenAsync(model, time, cancellationToken)).Identity;
}
