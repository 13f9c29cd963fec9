namespace Rerank.Scorer.Simulation;

/// <summary>So many pairs are in the queue from the start, and no more come.</summary>
/// <param name="Pairs">A request.</param>
/// <param name="Count">Requests.</param>
internal sealed record Backlog(int Pairs, int Count = 1) : IArrivals
{
    public IEnumerable<(long AtUs, int Pairs)> Requests(Random random, long untilUs) => Enumerable.Repeat((0L, Pairs), Count);
}
