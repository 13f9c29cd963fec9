using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Bench.Measuring;

/// <summary>Measures configurations, on a simulated device or on a real one.</summary>
internal interface IMeasurer : IAsyncDisposable
{
    /// <summary>Measures one configuration once; its passes are in the tables before this returns.</summary>
    /// <exception cref="StageFailedException">It could not be measured; the message says why.</exception>
    Task<IReadOnlyList<RequestRow>> MeasureAsync(PlannedRun run, GridPoint point, Measurement measurement, CancellationToken cancellationToken);
}
