namespace Rerank.Scorer.Simulation;

/// <summary>One request of a simulation, with the moment of its last score.</summary>
internal readonly record struct RecordedAnswer(int Request, int Pairs, long QueuedUs, long AnsweredUs);
