namespace Rerank.Cli.Reports.Recording;

/// <summary>One point of a run's grid.</summary>
internal sealed record ConfigurationRecord
{
    /// <summary>From 1, in the order of the sweep.</summary>
    public required int Index { get; init; }

    /// <summary>Pairs a request; null if requests have none in common.</summary>
    public int? Batch { get; init; }

    /// <summary>Callers of a closed loop.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Pairs per second that an open loop offers.</summary>
    public double? OfferedRate { get; init; }

    /// <summary>Values of the other axes of the grid, such as precision: int8.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}
