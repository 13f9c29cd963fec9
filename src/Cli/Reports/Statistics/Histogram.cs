namespace Rerank.Cli.Reports.Statistics;

/// <summary>Bins of equal width over a set of readings.</summary>
internal static class Histogram
{
    private const int Bins = 30;

    /// <summary>From the least reading to the greatest; one bin if all are equal, none if there is no reading.</summary>
    internal static IReadOnlyList<HistogramBin> Of(IReadOnlyCollection<CountedValue> readings)
    {
        if (readings.Count == 0)
            return [];
        var (min, max) = (readings.Min(reading => reading.Value), readings.Max(reading => reading.Value));
        if (max <= min)
            return [new HistogramBin(min, max, readings.Sum(reading => reading.Count))];

        var width = (max - min) / Bins;
        var counts = new long[Bins];
        foreach (var reading in readings)
            counts[Math.Min(Bins - 1, (int)((reading.Value - min) / width))] += reading.Count;
        return [.. counts.Select((count, i) => new HistogramBin(min + (i * width), min + ((i + 1) * width), count))];
    }
}
