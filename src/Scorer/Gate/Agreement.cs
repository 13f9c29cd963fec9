namespace Rerank.Scorer.Gate;

/// <summary>How far two series of numbers, such as the scores of two models, are alike.</summary>
public static class Agreement
{
    /// <summary>
    /// Pearson's coefficient. Null where it is not defined: a series is constant, a value is not finite, or there are fewer than two.
    /// What is null then says nothing; <see cref="LargestDifference"/> still tells.
    /// </summary>
    /// <exception cref="ArgumentException">The series are of different lengths.</exception>
    public static double? Pearson(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        RequireEqualLengths(a, b);
        if (!Varies(a) || !Varies(b))
            return null;

        var (meanA, meanB) = (Mean(a), Mean(b));
        double product = 0, squaresA = 0, squaresB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var (da, db) = (a[i] - meanA, b[i] - meanB);
            product += da * db;
            squaresA += da * da;
            squaresB += db * db;
        }

        return Math.Clamp(product / (Math.Sqrt(squaresA) * Math.Sqrt(squaresB)), -1, 1);
    }

    /// <summary>The greatest |a − b|; NaN if any is (Enumerable.Max would pass over it).</summary>
    /// <exception cref="ArgumentException">The series are of different lengths.</exception>
    public static double LargestDifference(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        RequireEqualLengths(a, b);
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }

    /// <summary>Of all values, not of a sample of them; NaN if any is.</summary>
    public static double StandardDeviation(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / values.Length);
    }

    // By its values: the mean of equal ones may be off by a rounding, and their spread then seem to be more than none.
    private static bool Varies(ReadOnlySpan<double> values)
    {
        var varies = false;
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                return false;
            varies |= value != values[0];
        }

        return varies;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    private static void RequireEqualLengths(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"{a.Length} values cannot be compared with {b.Length}.", nameof(b));
    }
}
