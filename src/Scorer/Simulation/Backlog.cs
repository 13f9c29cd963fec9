namespace Rerank.Scorer.Simulation;

/// <summary>So many pairs are in the queue from the start, and no more come.</summary>
internal sealed record Backlog(int Pairs) : IArrivals
{
    public IEnumerable<(long AtUs, int Pairs)> Requests(Random random, long untilUs) => [(0, Pairs)];
}
