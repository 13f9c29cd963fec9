namespace Rerank.Cli.Reports.Statistics;

/// <summary>Counted readings in ascending order.</summary>
internal sealed class SortedReadings
{
    private readonly CountedValue[] _readings;

    // Readings up to and with each of them.
    private readonly long[] _upTo;

    internal SortedReadings(IEnumerable<CountedValue> readings)
    {
        _readings = [.. readings.Where(reading => reading.Count > 0).OrderBy(reading => reading.Value)];
        _upTo = new long[_readings.Length];
        var sum = 0.0;
        for (var i = 0; i < _readings.Length; i++)
        {
            Count += _readings[i].Count;
            _upTo[i] = Count;
            sum += _readings[i].Value * _readings[i].Count;
        }

        Mean = sum / Count;
    }

    internal long Count { get; }

    internal double Mean { get; }

    /// <summary>Of the population.</summary>
    internal double StandardDeviation() =>
        Math.Sqrt(_readings.Sum(reading => (reading.Value - Mean) * (reading.Value - Mean) * reading.Count) / Count);

    /// <param name="percent">0 to 100.</param>
    internal double Percentile(double percent)
    {
        var position = (Count - 1) * percent / 100;
        var lower = (long)Math.Floor(position);
        var below = At(lower);
        return below + ((At(Math.Min(lower + 1, Count - 1)) - below) * (position - lower));
    }

    private double At(long index)
    {
        // The first whose count up to it passes the index.
        var found = Array.BinarySearch(_upTo, index + 1);
        return _readings[found >= 0 ? found : ~found].Value;
    }
}
