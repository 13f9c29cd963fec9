namespace Rerank.Cli.Reports.Statistics;

/// <summary>What reports say of a set of readings: population deviation, percentiles interpolated linearly between the two nearest readings.</summary>
internal sealed record Distribution
{
    public required long Count { get; init; }

    public required double Mean { get; init; }

    public required double Min { get; init; }

    public required double Max { get; init; }

    public required double StandardDeviation { get; init; }

    public required double P50 { get; init; }

    public required double P75 { get; init; }

    public required double P90 { get; init; }

    public required double P95 { get; init; }

    public required double P99 { get; init; }

    /// <summary>Of readings in any order; null if there is none.</summary>
    internal static Distribution? Of(IEnumerable<double> readings) => Of(readings.Select(value => new CountedValue(value, 1)));

    /// <summary>Of readings that are missing here and there; null if all are.</summary>
    internal static Distribution? Of(IEnumerable<double?> readings) => Of(readings.OfType<double>());

    /// <summary>Of counted readings in any order; null if there is none.</summary>
    internal static Distribution? Of(IEnumerable<CountedValue> readings)
    {
        var sorted = new SortedReadings(readings);
        return sorted.Count == 0 ? null : new Distribution
        {
            Count = sorted.Count,
            Mean = sorted.Mean,
            Min = sorted.Percentile(0),
            Max = sorted.Percentile(100),
            StandardDeviation = sorted.StandardDeviation(),
            P50 = sorted.Percentile(50),
            P75 = sorted.Percentile(75),
            P90 = sorted.Percentile(90),
            P95 = sorted.Percentile(95),
            P99 = sorted.Percentile(99),
        };
    }
}
