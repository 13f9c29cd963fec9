namespace Rerank.Cli.Reports.Figures;

/// <summary>Where the time of a request went, means in milliseconds.</summary>
/// <param name="LatencyMs">What is explained: mean latency of requests, or of pairs where there are no requests.</param>
/// <param name="BrokerMs">In the queue, until a Scorer received the pair.</param>
/// <param name="TokenizeMs">Tokenization.</param>
/// <param name="WindowMs">Ready, until its forward pass started.</param>
/// <param name="InferenceMs">In the forward pass.</param>
/// <param name="PublishMs">Until its score was durable.</param>
internal sealed record StageTimes(
    double LatencyMs, double? BrokerMs, double? TokenizeMs, double? WindowMs, double? InferenceMs, double? PublishMs)
{
    /// <summary>From the queue's receipt to the start of the forward pass, without tokenization.</summary>
    public double? QueueWaitMs => BrokerMs + WindowMs;

    public double? ExplainedMs => QueueWaitMs + TokenizeMs + InferenceMs + PublishMs;

    /// <summary>What no stage explains: sending, the way back, and clocks that disagree; below 0 where stages of one request overlap.</summary>
    public double? OtherMs => LatencyMs - ExplainedMs;

    /// <summary>Share of the latency that the stages explain, 1 = all.</summary>
    public double? ExplainedShare => LatencyMs > 0 ? ExplainedMs / LatencyMs : null;
}
