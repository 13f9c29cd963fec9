namespace Rerank.Scorer.Simulation;

/// <summary>A number of callers with one request each, as the reference's experiments have: all start together.</summary>
internal sealed record ClosedLoop(int Callers, int Pairs) : IArrivals
{
    public bool AsksAgain => true;

    public IEnumerable<(long AtUs, int Pairs)> Requests(Random random, long untilUs) => Enumerable.Repeat((0L, Pairs), Callers);
}
