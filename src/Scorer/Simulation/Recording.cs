using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>What happened in a simulation, event by event, in order of time.</summary>
internal sealed class Recording
{
    internal List<(long AtUs, int Pairs)> Arrivals { get; } = [];

    internal List<RecordedPass> Passes { get; } = [];

    internal List<RecordedScore> Scores { get; } = [];

    internal List<RecordedAnswer> Answers { get; } = [];

    internal long EndUs { get; set; }

    internal void Queued(long nowUs, int pairs) => Arrivals.Add((nowUs, pairs));

    internal void Started(int lane, ForwardPass<SimulatedPair> pass, double milliseconds, BatcherState? state, long nowUs)
    {
        var oldest = pass.Pairs.MinBy(pair => pair.QueuedUs)!;
        Passes.Add(new RecordedPass(lane, nowUs, milliseconds, oldest.QueuedUs, oldest.ReceivedUs, PassOutline.Of(pass), state));
    }

    internal void Scored(SimulatedPair pair, long nowUs)
    {
        Scores.Add(new RecordedScore(nowUs, pair.QueuedUs, pair.ReceivedUs, AnswersRequest: pair.Request.Open == 0));
        if (pair.Request.Open == 0)
            Answers.Add(new RecordedAnswer(pair.Request.Number, pair.Request.Pairs, pair.QueuedUs, nowUs));
        EndUs = nowUs;
    }
}
