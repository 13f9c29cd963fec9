using NATS.Client.Core;

namespace Rerank.Shared.Messaging;

/// <summary>Acknowledgements by reply subject, so that a held message costs its reply subject and nothing more. Thread-safe.</summary>
public sealed class Acks(INatsConnection connection)
{
    private static readonly byte[] Ack = "+ACK"u8.ToArray();
    private static readonly byte[] WorkInProgress = "+WPI"u8.ToArray();
    private static readonly byte[] Negative = "-NAK"u8.ToArray();

    /// <summary>Done: the message leaves the queue. Not confirmed; a lost one means a redelivery, which the Sink drops.</summary>
    public ValueTask AckAsync(in Delivery delivery, CancellationToken cancellationToken) =>
        connection.PublishAsync(delivery.ReplyTo, Ack, cancellationToken: cancellationToken);

    /// <summary>Still working: another ack wait.</summary>
    public ValueTask ProgressAsync(in Delivery delivery, CancellationToken cancellationToken) =>
        connection.PublishAsync(delivery.ReplyTo, WorkInProgress, cancellationToken: cancellationToken);

    /// <summary>Not done: deliver it again at once.</summary>
    public ValueTask NakAsync(in Delivery delivery, CancellationToken cancellationToken) =>
        connection.PublishAsync(delivery.ReplyTo, Negative, cancellationToken: cancellationToken);

    /// <summary>Returns when the server has everything that was sent.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await connection.PingAsync(cancellationToken);
}
