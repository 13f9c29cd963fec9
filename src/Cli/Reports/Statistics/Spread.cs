namespace Rerank.Cli.Reports.Statistics;

/// <summary>A figure over repeats of one measurement.</summary>
/// <param name="Values">A repeat each.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Of the sample; null for one repeat.</param>
/// <param name="HalfWidth95">The mean is within this of the true one with 95 % confidence (Student's t); null for one repeat.</param>
internal sealed record Spread(IReadOnlyList<double> Values, double Mean, double? StandardDeviation, double? HalfWidth95)
{
    /// <summary>Of at least one value.</summary>
    internal static Spread Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        if (values.Count < 2)
            return new Spread(values, mean, null, null);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return new Spread(values, mean, deviation, StudentT.Quantile975(values.Count - 1) * deviation / Math.Sqrt(values.Count));
    }
}
