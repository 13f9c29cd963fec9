namespace Rerank.Scorer.Simulation;

/// <summary>Where the lengths of simulated pairs come from: tokens a pair, its three special tokens included.</summary>
/// <param name="Name">As <c>--lengths</c> names it.</param>
/// <param name="Draw">The next pair's.</param>
internal sealed record PairLengths(string Name, Func<Random, int> Draw)
{
    private const int SpecialTokens = 3;

    // A lognormal of mean 84 and 95th percentile 152.
    private const double SkewedMedian = 77.2;
    private const double SkewedSpread = 0.412;
    private const int SkewedLongest = 373;

    internal static PairLengths MsMarco { get; } = new("ms-marco", random => MsMarcoLengths.Draw(random) is var (query, document) ? query + document + SpecialTokens : 0);

    internal static PairLengths Skewed { get; } = new("skewed", random =>
        Math.Clamp((int)Math.Round(SkewedMedian * Math.Exp(SkewedSpread * Gaussian.Draw(random))), SpecialTokens, SkewedLongest));

    internal static IReadOnlyList<PairLengths> All { get; } = [MsMarco, Skewed];
}
