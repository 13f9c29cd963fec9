namespace Rerank.Shared.Contracts;

/// <summary>How far a job's source has been published: KV <c>&lt;job&gt;.ingest</c>, written by the job's one Ingest (or by <c>jobs open|close</c>).</summary>
/// <param name="Run">Names one start of Ingest; part of Nats-Msg-Id.</param>
/// <param name="NextOrdinal">Every lower ordinal was published or is a dead letter.</param>
/// <param name="Offset">Byte offset in the source at which the record of that ordinal begins.</param>
/// <param name="Line">Line number of that offset, from 1.</param>
/// <param name="Bad">Records of the source that were not pairs.</param>
/// <param name="Total">Number of ordinals; set when the source has ended. Never set for a published job.</param>
/// <param name="Closed">A published job takes no more pairs.</param>
/// <param name="LostRounds">Rounds in which missing ordinals were published again.</param>
public sealed record IngestState(
    string Run,
    long NextOrdinal,
    long Offset,
    long Line,
    long Bad,
    long? Total,
    bool Closed,
    int LostRounds);
