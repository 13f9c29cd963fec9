using System.Threading.Channels;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;

namespace Rerank.Sink.Intake;

/// <summary>Reads the dataset's scored batches. One that cannot be read is copied to DEAD, so that it is neither lost nor in the way.</summary>
internal sealed class ScoresIntake(
    Broker broker,
    string dataset,
    UnreadableBatches unreadable,
    HeldDeliveries held,
    Gate gate,
    ChannelWriter<SinkEvent> events,
    TimeProvider time)
    : ConsumerIntake(held, gate, events, time)
{
    /// <summary>
    /// Makes what an earlier reader held, and did not acknowledge, come again at once instead of after the ack wait. Only for the holder of
    /// the dataset's lease: nobody else reads this consumer.
    /// </summary>
    public static async Task ReleaseHeldAsync(Broker broker, string dataset, CancellationToken cancellationToken)
    {
        var consumer = await broker.Setup.EnsureScoresConsumerAsync(dataset, cancellationToken);
        if (consumer.Info.NumAckPending == 0)
            return;
        await broker.JetStream.DeleteConsumerAsync(broker.Names.ScoresStream, broker.Names.SinkConsumer(dataset), cancellationToken);
        await broker.Setup.EnsureScoresConsumerAsync(dataset, cancellationToken);
    }

    protected override ValueTask<INatsJSConsumer> EnsureConsumerAsync(CancellationToken cancellationToken) =>
        broker.Setup.EnsureScoresConsumerAsync(dataset, cancellationToken);

    protected override async ValueTask<SinkEvent?> ReadAsync(
        Delivery delivery, string subject, NatsHeaders? headers, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var job = subject[(subject.LastIndexOf('.') + 1)..];
        try
        {
            var batch = ScoredBatchCodec.Decode(payload.Span);
            BatchCheck.Require(batch, job);
            return new SinkEvent.Scores(delivery, batch, payload.Length, PairTraces.ReadAll(headers));
        }
        catch (FormatException e)
        {
            await unreadable.BuryAsync(job, delivery.StreamSequence, payload, e.Message, cancellationToken);
            return null;
        }
    }
}
