using Rerank.Cli.Bench.Experiments;
using Rerank.Cli.Reports.Recording;

namespace Rerank.Cli.Bench;

/// <summary>One configuration of a run.</summary>
/// <param name="Index">From 1.</param>
/// <param name="Batch">Pairs a request.</param>
/// <param name="Callers">Of a closed loop.</param>
/// <param name="Rate">Pairs/s that an open loop offers.</param>
/// <param name="Requests">To send.</param>
internal sealed record GridPoint(int Index, int Batch, int? Callers, double? Rate, int Requests)
{
    internal ConfigurationRecord Record => new() { Index = Index, Batch = Batch, Concurrency = Callers, OfferedRate = Rate };

    internal static IReadOnlyList<GridPoint> Of(Experiment experiment, BenchRequest request)
    {
        var points = experiment.Grid.SelectMany(block => experiment.Load switch
        {
            LoadShape.Closed => block.Batches.SelectMany(
                _ => block.Concurrencies, (batch, callers) => new GridPoint(0, batch, callers, null, Requests(block, callers))),
            LoadShape.Open => block.Batches.SelectMany(_ => block.Rates, (batch, rate) => new GridPoint(0, batch, null, rate, Requests(block, 1))),
            _ => block.Batches.Select(batch => new GridPoint(0, batch, null, null, Requests(block, 1))),
        });
        return [.. points.Select((point, i) => point with { Index = i + 1 })];

        int Requests(GridBlock block, int callers) =>
            Math.Max(callers, request.Requests ?? (request.Scale == BenchScale.Small ? experiment.Small.Requests : block.Requests));
    }
}
