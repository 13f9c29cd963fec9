using System.Threading.Channels;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Rerank.Shared.Messaging;

namespace Rerank.Sink.Intake;

/// <summary>Pulls a consumer's messages in bounded portions, marks each as held, and hands on what it says.</summary>
internal abstract class ConsumerIntake(HeldDeliveries held, Gate gate, ChannelWriter<SinkEvent> events, TimeProvider time)
{
    // At most 16 MiB of scored batches; while the session is busy no more than this waits unread.
    private const int Portion = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A fetch ends at once, and without a word, when the broker restarts or the consumer is gone.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var consumer = await EnsureConsumerAsync(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            await gate.WaitAsync(cancellationToken);
            var isEmpty = true;
            var portion = new NatsJSFetchOpts { MaxMsgs = Portion, Expires = Patience };
            await foreach (var message in consumer.FetchAsync<NatsMemoryOwner<byte>>(portion, cancellationToken: cancellationToken))
            {
                using var payload = message.Data;
                isEmpty = false;
                var delivery = Delivery.Parse(message.ReplyTo);
                held.Hold(delivery);
                if (await ReadAsync(delivery, message.Subject, message.Headers, payload.Memory, cancellationToken) is { } read)
                    await events.WriteAsync(read, cancellationToken);
                else
                    await held.AckAsync(delivery, cancellationToken);
            }

            if (isEmpty && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Pause, time, cancellationToken);
                consumer = await EnsureConsumerAsync(cancellationToken);
            }
        }
    }

    protected abstract ValueTask<INatsJSConsumer> EnsureConsumerAsync(CancellationToken cancellationToken);

    /// <summary>What a message says; null if it has been dealt with. The payload is valid until the call returns.</summary>
    protected abstract ValueTask<SinkEvent?> ReadAsync(
        Delivery delivery, string subject, NatsHeaders? headers, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
