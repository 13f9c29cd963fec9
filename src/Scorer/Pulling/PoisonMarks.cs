using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Scorer.Pulling;

/// <summary>
/// Finds the pair that ends scorers: one delivered three times is scored alone, after a mark in KV; whoever receives it again and
/// finds the mark knows that it was the pair, not its batch-mates.
/// </summary>
internal sealed class PoisonMarks(KvDocuments jobs)
{
    private const int DeliveriesBeforeAlone = 3;

    internal async ValueTask<PoisonVerdict> ExamineAsync(ServedJob job, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Count < DeliveriesBeforeAlone)
            return PoisonVerdict.Harmless;

        var key = Names.MarkKey(job.Name, delivery.StreamSequence);
        var created = await jobs.TryCreateAsync(key, delivery.ReplyTo, WireJson.Default.String, cancellationToken);
        return created is null ? PoisonVerdict.Poison : PoisonVerdict.Alone;
    }

    /// <summary>The pair came back: the mark goes.</summary>
    internal ValueTask ClearAsync(ServedJob job, Delivery delivery, CancellationToken cancellationToken) =>
        jobs.DeleteAsync(Names.MarkKey(job.Name, delivery.StreamSequence), cancellationToken);
}
