namespace Rerank.Sink.Dataset;

/// <summary>The last event of an ordinal that was published again: an older event that is delivered again must not undo it.</summary>
/// <param name="Ordinal">Ordinal in the dataset.</param>
/// <param name="AtUs">JetStream timestamp of the event, unix microseconds.</param>
public sealed record RetryMark(long Ordinal, long AtUs);
