using Microsoft.Extensions.Logging;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Pulling;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Scorer.Publishing;

/// <summary>Copies what cannot be scored to DEAD, then acks it.</summary>
internal sealed class DeadLetterPublisher(Broker broker, HeldDeliveries held, BrokerPatience patience, ILogger logger)
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
        var messageId = $"{job.Name}:{delivery.StreamSequence}:{delivery.Count}:dead";
        await broker.PublishDeadAsync(letter, job.Spec.Dataset, messageId, cancellationToken);
        Log.Buried(logger, job.Name, identity?.Ordinal, reason, detail);
        await held.AckAsync(delivery, cancellationToken);
    }

    /// <summary>Buries a pair whose text was let go after tokenizing: reads it again from the stream, where it lies until it is acked.</summary>
    internal async Task BuryAsync(ReadyPair pair, string reason, string detail, CancellationToken cancellationToken)
    {
        var original = await patience.ExecuteAsync(token => ReadAsync(pair.Delivery, token), cancellationToken);
        if (original is { } bytes)
            await BuryAsync(pair.Job, pair.Identity, pair.Delivery, reason, detail, bytes, cancellationToken);
        else
            await held.AckAsync(pair.Delivery, cancellationToken);
    }

    /// <summary>Null if the message has been acked: it was delivered twice, and the other one has been dealt with.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await broker.JetStream.GetStreamAsync(broker.Names.PairsStream, cancellationToken: cancellationToken);
            var found = await stream.GetAsync(new StreamMsgGetRequest { Seq = delivery.StreamSequence }, cancellationToken);
            return found.Message.Data;
        }
        catch (NatsJSApiException e) when (e.Error.ErrCode == JetStreamError.NoMessage)
        {
            return null;
        }
    }
}
