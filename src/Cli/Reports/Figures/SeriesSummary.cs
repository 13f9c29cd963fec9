using Rerank.Cli.Reports.Statistics;

namespace Rerank.Cli.Reports.Figures;

/// <summary>Distributions over the rows of a time series; null where no row has a reading.</summary>
internal sealed record SeriesSummary
{
    public Distribution? DeviceMemoryMb { get; init; }

    public Distribution? DeviceUtilization { get; init; }

    public Distribution? CpuPercent { get; init; }

    public Distribution? TokenizeMs { get; init; }

    public Distribution? InferenceMs { get; init; }

    public Distribution? QueueWaitMs { get; init; }

    public Distribution? PaddingPercent { get; init; }

    internal static SeriesSummary Of(IReadOnlyList<SeriesRow> rows) => new()
    {
        DeviceMemoryMb = Distribution.Of(rows.Select(row => row.DeviceMemoryMb)),
        DeviceUtilization = Distribution.Of(rows.Select(row => row.DeviceUtilization)),
        CpuPercent = Distribution.Of(rows.Select(row => row.CpuPercent)),
        TokenizeMs = Distribution.Of(rows.Select(row => row.TokenizeMs)),
        InferenceMs = Distribution.Of(rows.Select(row => row.InferenceMs)),
        QueueWaitMs = Distribution.Of(rows.Select(row => row.QueueWaitMs)),
        PaddingPercent = Distribution.Of(rows.Select(row => row.PaddingPercent)),
    };
}
