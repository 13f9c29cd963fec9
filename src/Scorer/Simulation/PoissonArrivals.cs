namespace Rerank.Scorer.Simulation;

/// <summary>Independent requests of one pair, or bursts of several, at a rate that may change evenly over the run.</summary>
/// <param name="From">Pairs/s at the start.</param>
/// <param name="To">Pairs/s at the end.</param>
/// <param name="Pairs">A request.</param>
internal sealed record PoissonArrivals(double From, double To, int Pairs = 1) : IArrivals
{
    internal PoissonArrivals(double rate)
        : this(rate, rate)
    {
    }

    public IEnumerable<(long AtUs, int Pairs)> Requests(Random random, long untilUs)
    {
        // Thinning: candidates at the highest rate, of which each is kept with the share that its moment's rate is of that.
        var highest = Math.Max(From, To);
        var meanGapUs = 1e6 * Pairs / highest;
        for (var at = Gap(); at < untilUs; at += Gap())
        {
            if (random.NextDouble() * highest < From + ((To - From) * at / untilUs))
                yield return ((long)at, Pairs);
        }

        double Gap() => -Math.Log(1 - random.NextDouble()) * meanGapUs;
    }
}
