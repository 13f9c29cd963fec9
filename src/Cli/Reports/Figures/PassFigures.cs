namespace Rerank.Cli.Reports.Figures;

/// <summary>The forward passes of one configuration.</summary>
internal sealed record PassFigures
{
    public required long Passes { get; init; }

    public required double MeanRows { get; init; }

    public required double MeanLength { get; init; }

    public required double MeanWindow { get; init; }

    public required long TokensReal { get; init; }

    public required long TokensPadded { get; init; }

    /// <summary>Share of all tokens computed that were padding, 0 to 1.</summary>
    public double? PaddingWaste => TokensPadded > 0 ? 1 - ((double)TokensReal / TokensPadded) : null;

    /// <summary>Passes by their pairs, ascending.</summary>
    public required IReadOnlyList<SizeCount> Sizes { get; init; }

    /// <summary>Passes by the reason that they were not larger, most frequent first.</summary>
    public required IReadOnlyList<ReasonCount> CloseReasons { get; init; }

    public double? TargetLatencyMs { get; init; }

    public double? TargetThroughput { get; init; }
}
