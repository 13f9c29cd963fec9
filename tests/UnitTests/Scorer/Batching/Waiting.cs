using Rerank.Scorer.Batching;

namespace Rerank.UnitTests.Scorer.Batching;

/// <summary>A pair as the planner sees it, with a number to know it by.</summary>
internal sealed record Waiting(int Number, int Length, bool Alone = false, long QueuedUs = 0, long ReceivedUs = 0) : IBatchable;
