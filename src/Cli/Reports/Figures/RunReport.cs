using Rerank.Cli.Reports.Recording;

namespace Rerank.Cli.Reports.Figures;

/// <summary>All that is reported of one run.</summary>
internal sealed record RunReport
{
    public required RunRecord Run { get; init; }

    /// <summary>What latency is the latency of, for people.</summary>
    public required string LatencyOf { get; init; }

    public required IReadOnlyList<ConfigurationReport> Configurations { get; init; }

    /// <summary>Null if no configuration has a result.</summary>
    public OverallSummary? Overall { get; init; }

    public Saturation? Saturation { get; init; }

    public IReadOnlyList<SeriesRow> Series { get; init; } = [];

    /// <summary>Seconds that a row of the series spans.</summary>
    public double SeriesStep { get; init; } = 1;

    public SeriesSummary? SeriesSummary { get; init; }

    /// <summary>Name, workload and kind of device: figures without the last two cannot be compared.</summary>
    public string Title => TitleWords is [] ? Run.Name : $"{Run.Name} [{string.Join(", ", TitleWords)}]";

    private string[] TitleWords =>
        [.. new[] { Run.Workload?.Name, Run.DeviceKind?.ToString().ToLowerInvariant() }.OfType<string>()];
}
