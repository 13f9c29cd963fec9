using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Sink.Intake;

/// <summary>Reads the dataset's dead letters.</summary>
internal sealed class DeadIntake(
    Broker broker, string dataset, HeldDeliveries held, Gate gate, ChannelWriter<SinkEvent> events, TimeProvider time, ILogger logger)
    : ConsumerIntake(held, gate, events, time)
{
    protected override ValueTask<INatsJSConsumer> EnsureConsumerAsync(CancellationToken cancellationToken) =>
        broker.Setup.EnsureDeadConsumerAsync(dataset, cancellationToken);

    protected override ValueTask<SinkEvent?> ReadAsync(
        Delivery delivery, string subject, NatsHeaders? headers, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Decode(payload.Span) is { } letter ? (SinkEvent)new SinkEvent.Letter(delivery, letter) : Skip(subject, delivery));

    private static DeadLetter? Decode(ReadOnlySpan<byte> payload)
    {
        try
        {
            var letter = JsonSerializer.Deserialize(payload, WireJson.Default.DeadLetter);
            return Name.IsValid(letter?.Job) ? letter : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private SinkEvent? Skip(string subject, in Delivery delivery)
    {
        Log.LetterUnreadable(logger, subject, delivery.StreamSequence);
        return null;
    }
}
