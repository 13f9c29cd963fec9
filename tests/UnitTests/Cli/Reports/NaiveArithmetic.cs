namespace Rerank.UnitTests.Cli.Reports;

/// <summary>The arithmetic of the reference, written once more from its definitions and for nothing but to be checked against.</summary>
internal static class NaiveArithmetic
{
    /// <summary>As numpy's default: position (n-1)p, the fraction between its neighbours.</summary>
    internal static decimal Percentile(IEnumerable<double> values, int percent)
    {
        var list = values.Select(value => (decimal)value).ToList();
        list.Sort();
        var hundredths = (list.Count - 1) * percent;
        var (index, rest) = (hundredths / 100, hundredths % 100);
        return rest == 0 ? list[index] : list[index] + ((list[index + 1] - list[index]) * rest / 100m);
    }

    internal static decimal Mean(IEnumerable<double> values)
    {
        decimal sum = 0;
        var count = 0;
        foreach (var value in values)
        {
            sum += (decimal)value;
            count++;
        }

        return sum / count;
    }

    /// <summary>Over n, by E[x²] - E[x]².</summary>
    internal static double PopulationDeviation(IReadOnlyList<double> values)
    {
        decimal sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += (decimal)value;
            squares += (decimal)value * (decimal)value;
        }

        return Math.Sqrt((double)Math.Max(0, (squares / values.Count) - (sum / values.Count * (sum / values.Count))));
    }

    /// <summary>By n∑xy - ∑x∑y over the roots of the like for x and y.</summary>
    internal static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        decimal n = x.Count, sumX = 0, sumY = 0, xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Count; i++)
        {
            var (a, b) = ((decimal)x[i], (decimal)y[i]);
            sumX += a;
            sumY += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
        }

        return (double)((n * xy) - (sumX * sumY)) / (Math.Sqrt((double)((n * xx) - (sumX * sumX))) * Math.Sqrt((double)((n * yy) - (sumY * sumY))));
    }
}
