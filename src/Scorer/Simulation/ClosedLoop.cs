namespace Rerank.Scorer.Simulation;

/// <summary>A number of callers with one request each, as the reference's experiments have: all start together.</summary>
/// <param name="Callers">Side by side.</param>
/// <param name="Pairs">A request.</param>
/// <param name="MostRequests">Of all callers; after the last answer nothing happens any more.</param>
internal sealed record ClosedLoop(int Callers, int Pairs, int MostRequests = int.MaxValue) : IArrivals
{
    public bool AsksAgain(int asked) => asked < MostRequests;

    public IEnumerable<(long AtUs, int Pairs)> Requests(Random random, long untilUs) =>
        Enumerable.Repeat((0L, Pairs), Math.Min(Callers, MostRequests));
}
