using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>What happened in a simulation, event by event, in order of time.</summary>
internal sealed class Recording
{
    internal List<(long AtUs, int Pairs)> Arrivals { get; } = [];

    internal List<RecordedPass> Passes { get; } = [];

    internal List<RecordedScore> Scores { get; } = [];

    internal long EndUs { get; set; }

    internal void Queued(long nowUs, int pairs) => Arrivals.Add((nowUs, pairs));

    internal void Started(ForwardPass<SimulatedPair> pass, double milliseconds, BatcherState? state, long nowUs) => Passes.Add(new RecordedPass(
        nowUs, milliseconds, pass.Pairs.Count, pass.Length, pass.Pairs.Sum(pair => pair.Length), pass.Window, pass.PredictedMs, state));

    internal void Scored(SimulatedPair pair, long nowUs)
    {
        Scores.Add(new RecordedScore(nowUs, pair.QueuedUs, pair.ReceivedUs, AnswersRequest: pair.Request.Open == 0));
        EndUs = nowUs;
    }
}
