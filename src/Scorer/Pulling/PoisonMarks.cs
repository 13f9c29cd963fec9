using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Scorer.Pulling;

/// <summary>
/// Finds the pair that ends scorers: one delivered three times is scored alone, after a mark in KV; whoever receives it again and
/// finds the mark knows that it was the pair, not its batch-mates.
/// </summary>
internal sealed class PoisonMarks(KvDocuments jobs, BrokerPatience patience)
{
    private const int DeliveriesBeforeAlone = 3;

    internal async ValueTask<PoisonVerdict> ExamineAsync(ServedJob job, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Count < DeliveriesBeforeAlone)
            return PoisonVerdict.Harmless;

        var key = Names.MarkKey(job.Name, delivery.StreamSequence);
        var isOurs = await patience.ExecuteAsync(token => TryMarkAsync(key, delivery.ReplyTo, token), cancellationToken);
        return isOurs ? PoisonVerdict.Alone : PoisonVerdict.Poison;
    }

    /// <summary>The pair came back, or is buried: the mark goes.</summary>
    internal async ValueTask ClearAsync(ServedJob job, Delivery delivery, CancellationToken cancellationToken) =>
        await patience.ExecuteAsync(
            async token =>
            {
                await jobs.DeleteAsync(Names.MarkKey(job.Name, delivery.StreamSequence), token);
                return true;
            },
            cancellationToken);

    /// <summary>False if an earlier delivery left its mark. A try whose answer was lost finds its own: the reply subject names the delivery.</summary>
    private async ValueTask<bool> TryMarkAsync(string key, string replyTo, CancellationToken cancellationToken) =>
        await jobs.TryCreateAsync(key, replyTo, WireJson.Default.String, cancellationToken) is not null
        || (await jobs.FindAsync(key, WireJson.Default.String, cancellationToken))?.Value == replyTo;
}
