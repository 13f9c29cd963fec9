namespace Rerank.Scorer.Simulation;

/// <summary>Where the lengths of simulated pairs come from: tokens a pair, its three special tokens included.</summary>
/// <param name="Name">As <c>--lengths</c> names it.</param>
/// <param name="MeanLength">Of many.</param>
/// <param name="Draw">The next pair's.</param>
internal sealed record PairLengths(string Name, double MeanLength, Func<Random, int> Draw)
{
    private const int SpecialTokens = 3;

    // A lognormal of mean 84 and 95th percentile 152.
    private const double SkewedMedian = 77.2;
    private const double SkewedSpread = 0.412;
    private const int SkewedLongest = 373;

    internal static PairLengths MsMarco { get; } = new("ms-marco", MeanLength: 103, random =>
    {
        var (query, document) = MsMarcoLengths.Draw(random);
        return query + document + SpecialTokens;
    });

    internal static PairLengths Skewed { get; } = new("skewed", MeanLength: 84, random =>
        Math.Clamp((int)Math.Round(SkewedMedian * Math.Exp(SkewedSpread * Gaussian.Draw(random))), SpecialTokens, SkewedLongest));

    internal static IReadOnlyList<PairLengths> All { get; } = [MsMarco, Skewed];
}
