namespace Rerank.Cli.Reports.Figures;

/// <summary>One step of a run's time series. Null where there is no reading in that step.</summary>
internal sealed record SeriesRow
{
    public required int Index { get; init; }

    /// <summary>Index of the configuration.</summary>
    public int Configuration { get; init; }

    /// <summary>End of the step since its configuration began.</summary>
    public double? Second { get; init; }

    public double? DeviceMemoryMb { get; init; }

    public double? DeviceUtilization { get; init; }

    public double? CpuPercent { get; init; }

    /// <summary>Memory of a Scorer process.</summary>
    public double? RssMb { get; init; }

    /// <summary>Mean of what was answered in the step.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Pairs per second answered in the step: 0 where none was.</summary>
    public double? PairsPerSecond { get; init; }

    /// <summary>Means over the pairs of the passes that ended in the step.</summary>
    public double? TokenizeMs { get; init; }

    public double? InferenceMs { get; init; }

    public double? QueueWaitMs { get; init; }

    /// <summary>Share of the tokens computed in the step, per cent.</summary>
    public double? PaddingPercent { get; init; }
}
