namespace Rerank.Scorer.Simulation;

/// <summary>Who asks for scores, when, and for how many pairs at once.</summary>
internal interface IArrivals
{
    /// <summary>Requests in order of time, up to the end of the run.</summary>
    IEnumerable<(long AtUs, int Pairs)> Requests(Random random, long untilUs);

    /// <summary>Closed loop: whoever is answered asks again at once.</summary>
    /// <param name="asked">Requests so far, of all callers.</param>
    bool AsksAgain(int asked) => false;
}
