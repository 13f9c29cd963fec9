namespace Rerank.Scorer.Batching;

/// <summary>Which target is kept when both cannot be had.</summary>
public enum Priority
{
    Latency,
    Throughput,
}
