namespace Rerank.Cli.Reports.Figures;

/// <summary>One lane of one Scorer.</summary>
/// <param name="Worker">Scorer and lane.</param>
/// <param name="MeanLatencyMs">Of a forward pass.</param>
/// <param name="P95LatencyMs">Of a forward pass.</param>
/// <param name="PairsPerSecond">By the wall time of the configuration.</param>
/// <param name="Pairs">Scored.</param>
internal sealed record WorkerFigures(string Worker, double MeanLatencyMs, double P95LatencyMs, double? PairsPerSecond, long Pairs);
