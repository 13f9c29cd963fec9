using Rerank.Scorer.Pulling;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Scorer.Batching;

/// <summary>A tokenized pair on its way through the window, a pass and the publisher. Times are unix microseconds of this machine.</summary>
/// <param name="Job">Whose it is.</param>
/// <param name="Identity">Which pair of the job.</param>
/// <param name="Id">The publisher's id.</param>
/// <param name="QueryId">Of the pair.</param>
/// <param name="DocumentId">Of the pair.</param>
/// <param name="Rank">First-stage rank.</param>
/// <param name="Truncated">Cut, in bytes or in tokens.</param>
/// <param name="Tokens">Model input.</param>
/// <param name="Delivery">To be acked when the score is durable in the queue.</param>
/// <param name="Alone">Must not share a pass (see <see cref="PoisonMarks"/>).</param>
/// <param name="ReceivedUs">When it came from the broker.</param>
/// <param name="ReadyUs">When it was tokenized.</param>
/// <param name="Trace">Context of its trace; null for nearly all.</param>
internal sealed record ReadyPair(
    ServedJob Job,
    PairIdentity Identity,
    string Id,
    string QueryId,
    string? DocumentId,
    int? Rank,
    bool Truncated,
    TokenizedPair Tokens,
    Delivery Delivery,
    bool Alone,
    long ReceivedUs,
    long ReadyUs,
    string? Trace = null) : IBatchable
{
    public int Length => Tokens.InputIds.Length;

    public long QueuedUs => Delivery.TimestampUs;
}
