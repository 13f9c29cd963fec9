namespace Rerank.Scorer.Simulation;

/// <summary>
/// So many independent requests in exactly the time in which so many come on average: a Poisson process of which that number is known, so
/// that the rate offered is the one that is written beside the result.
/// </summary>
/// <param name="Rate">Pairs/s.</param>
/// <param name="Pairs">A request.</param>
/// <param name="Count">Requests.</param>
internal sealed record PoissonRequests(double Rate, int Pairs, int Count) : IArrivals
{
    public IEnumerable<(long AtUs, int Pairs)> Requests(Random random, long untilUs) =>
        Simulator.DueSeconds(Rate, Pairs, Count, random).Select(due => ((long)(due * 1e6), Pairs));
}
