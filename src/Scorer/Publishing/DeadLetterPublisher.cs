using System.Text.Json;
using Microsoft.Extensions.Logging;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Pulling;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Scorer.Publishing;

/// <summary>Copies what cannot be scored to DEAD, then acks it.</summary>
internal sealed class DeadLetterPublisher(Broker broker, HeldDeliveries held, ILogger logger)
{
    /// <summary>Buries a message whose bytes are at hand.</summary>
    internal async Task BuryAsync(
        ServedJob job,
        PairIdentity? identity,
        Delivery delivery,
        string reason,
        string detail,
        ReadOnlyMemory<byte> original,
        CancellationToken cancellationToken)
    {
        var place = $"{broker.Names.PairsStream} sequence {delivery.StreamSequence}";
        var letter = DeadLetter.For(job.Name, identity, reason, detail, "scorer", place, original.Span);
        await broker.Publisher.PublishAsync(
            broker.Names.DeadSubject(job.Spec.Dataset, job.Name),
            JsonSerializer.SerializeToUtf8Bytes(letter, WireJson.Default.DeadLetter),
            $"{job.Name}:{delivery.StreamSequence}:{delivery.Count}:dead",
            headers: null,
            cancellationToken);
        Log.Buried(logger, job.Name, identity?.Ordinal, reason, detail);
        await held.AckAsync(delivery, cancellationToken);
    }

    /// <summary>Buries a pair whose text was let go after tokenizing: reads it again from the stream, where it lies until it is acked.</summary>
    internal async Task BuryAsync(ReadyPair pair, string reason, string detail, CancellationToken cancellationToken)
    {
        var stream = await broker.JetStream.GetStreamAsync(broker.Names.PairsStream, cancellationToken: cancellationToken);
        var message = await stream.GetAsync(
            new NATS.Client.JetStream.Models.StreamMsgGetRequest { Seq = pair.Delivery.StreamSequence }, cancellationToken);
        await BuryAsync(pair.Job, pair.Identity, pair.Delivery, reason, detail, message.Message.Data, cancellationToken);
    }
}
