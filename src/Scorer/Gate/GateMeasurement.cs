namespace Rerank.Scorer.Gate;

/// <summary>How a model scored the sample pairs; kept from start to start.</summary>
/// <param name="Deviation">Standard deviation of the fp32 scores; of the model's own where there are none.</param>
/// <param name="Delta">Largest difference to the fp32 scores, in deviations; null without fp32.</param>
/// <param name="Pearson">Correlation with them; null without fp32, and where it is not defined: then the difference decides.</param>
/// <param name="BatchDelta">Largest difference between alone and in a pass, in deviations; null where passes hold one row.</param>
internal sealed record GateMeasurement(double Deviation, double? Delta, double? Pearson, double? BatchDelta)
{
    // Scores that are all alike have no spread to measure by.
    private const double LeastDeviation = 1e-6;

    internal static GateMeasurement Of(float[] alone, float[]? together, float[]? fullPrecision)
    {
        double[] scores = [.. alone];
        double[]? expected = fullPrecision is null ? null : [.. fullPrecision];
        var deviation = Math.Max(Agreement.StandardDeviation(expected ?? scores), LeastDeviation);
        return new GateMeasurement(
            deviation,
            expected is null ? null : Agreement.LargestDifference(scores, expected) / deviation,
            expected is null ? null : Agreement.Pearson(scores, expected),
            together is null ? null : Agreement.LargestDifference(scores, [.. together]) / deviation);
    }

    /// <summary>What is wrong, in words for a person; none if all is well.</summary>
    internal IEnumerable<string> Problems(GateLimits limits)
    {
        // Written so that a measurement that is no number is a problem too.
        if (!(Delta is null || Delta <= limits.Delta))
            yield return $"a score differs from fp32 on the CPU by {Delta:0.####} standard deviations ({limits.Delta} is allowed)";
        if (!(Pearson is null || Pearson >= limits.Pearson))
            yield return $"the correlation with fp32 on the CPU is {Pearson:0.######} ({limits.Pearson} is asked for)";
        if (!(BatchDelta is null || BatchDelta <= GateLimits.BatchDelta))
            yield return $"a score changes by {BatchDelta:0.####} standard deviations with the rest of its pass ({GateLimits.BatchDelta} is allowed)";
    }
}
