using Rerank.Cli.Reports.Recording;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Figures;

/// <summary>What came of one configuration, all repeats together. Null where there is no reading.</summary>
internal sealed record ConfigurationReport
{
    public required ConfigurationRecord Configuration { get; init; }

    /// <summary>Why there is no result, if there is none.</summary>
    public string? Error { get; init; }

    public long Requests { get; init; }

    public long Pairs { get; init; }

    /// <summary>Wall time, seconds, summed over repeats.</summary>
    public double? Seconds { get; init; }

    /// <summary>Milliseconds; of requests, or of what <see cref="RunReport.LatencyOf"/> says.</summary>
    public Distribution? Latency { get; init; }

    public IReadOnlyList<HistogramBin> LatencyHistogram { get; init; } = [];

    /// <summary>All pairs by the wall time, pairs per second: not the mean of <see cref="Throughput"/>.</summary>
    public double? PairsPerSecond { get; init; }

    /// <summary>Real tokens by the wall time.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>Pairs of a request by its latency, pairs per second.</summary>
    public Distribution? Throughput { get; init; }

    public LatencyAnalysis? Analysis { get; init; }

    /// <summary>Spread of <see cref="PairsPerSecond"/> over repeats.</summary>
    public Spread? RepeatedPairsPerSecond { get; init; }

    /// <summary>Spread of the mean latency over repeats, milliseconds.</summary>
    public Spread? RepeatedLatency { get; init; }

    public StageTimes? Stages { get; init; }

    public PassFigures? Passes { get; init; }

    public PredictionFigures? Prediction { get; init; }

    public IReadOnlyList<WorkerFigures> Workers { get; init; } = [];

    public bool HasResult => Error is null && PairsPerSecond is not null;
}
