namespace Rerank.Shared.Contracts;

/// <summary>What of a job is durable in the dataset: KV <c>&lt;job&gt;.sink</c>, written by the dataset's one Sink before it acks.</summary>
/// <param name="Done">Ordinals written or dead, as <see cref="IntervalSet"/> text.</param>
/// <param name="Written">Rows in the scores files.</param>
/// <param name="Dead">Ordinals that are dead letters and not written.</param>
/// <param name="Complete">All ordinals are done and <c>_SUCCESS</c> is there.</param>
/// <param name="Output">Folder of the dataset, as the Sink sees it.</param>
public sealed record SinkState(string Done, long Written, long Dead, bool Complete, string Output);
