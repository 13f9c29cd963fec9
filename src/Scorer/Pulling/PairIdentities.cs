using System.Globalization;
using NATS.Client.Core;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Scorer.Pulling;

/// <summary>Which pair of its job a message is.</summary>
internal static class PairIdentities
{
    /// <summary>Null if an ingested job's message has no readable ordinal.</summary>
    internal static PairIdentity? Of(ServedJob job, NatsHeaders? headers, in Delivery delivery)
    {
        var ordinal = Number(headers, PairHeaders.Ordinal);
        if (job.Spec.Kind == JobKind.Ingested)
            return ordinal is { } record ? new PairIdentity(0, record) : null;

        // A retried pair of a published job brings the identity of its first message along.
        return ordinal is { } sequence && Number(headers, PairHeaders.Epoch) is { } epoch
            ? new PairIdentity(epoch, sequence)
            : new PairIdentity(job.StreamEpoch, (long)delivery.StreamSequence);
    }

    private static long? Number(NatsHeaders? headers, string name) =>
        headers is not null
        && headers.TryGetLastValue(name, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
