namespace Rerank.Scorer.Simulation;

/// <summary>One score of a simulation.</summary>
/// <param name="ScoredUs">When it was durable.</param>
/// <param name="QueuedUs">When its pair was queued.</param>
/// <param name="ReceivedUs">When the scorer had its pair.</param>
/// <param name="AnswersRequest">It was the last that the caller waited for.</param>
internal readonly record struct RecordedScore(long ScoredUs, long QueuedUs, long ReceivedUs, bool AnswersRequest)
{
    internal double LatencyMs => (ScoredUs - QueuedUs) / 1_000.0;

    internal double SinceReceivedMs => (ScoredUs - ReceivedUs) / 1_000.0;
}
