using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Polly;
using Polly.Retry;

namespace Rerank.Shared.Messaging;

/// <summary>
/// Publishes to a stream and waits for its acknowledgement. A full stream, a timeout or a lost connection is waited out with
/// growing, jittered pauses: it is never an error and never a drop. Thread-safe; bounding what is in flight is the caller's.
/// </summary>
public sealed class StreamPublisher
{
    private const int StoreFailed = 10077;

    private readonly INatsJSContext _jetStream;
    private readonly ResiliencePipeline<PubAckResponse> _untilStored;

    internal StreamPublisher(INatsJSContext jetStream, ILogger<StreamPublisher> logger, TimeProvider time)
    {
        _jetStream = jetStream;
        _untilStored = new ResiliencePipelineBuilder<PubAckResponse> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<PubAckResponse>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromSeconds(2),
                ShouldHandle = arguments => ValueTask.FromResult(ShouldWait(arguments.Outcome)),
                OnRetry = arguments =>
                {
                    Log.PublishWaits(logger, arguments.AttemptNumber + 1, Describe(arguments.Outcome));
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Publishes until the stream has stored the message.</summary>
    /// <param name="subject">Subject of one of the streams.</param>
    /// <param name="payload">Sent as it is; must stay unchanged until the call returns.</param>
    /// <param name="messageId">Nats-Msg-Id, against duplicates by the retries of this call.</param>
    /// <param name="headers">The caller's own; copied for each try, because the library adds to it.</param>
    /// <param name="cancellationToken">Ends the waiting; the message may have been stored all the same.</param>
    /// <exception cref="NatsJSApiException">The server refuses for another reason than want of room.</exception>
    public async ValueTask<PubAckResponse> PublishAsync(
        string subject, ReadOnlyMemory<byte> payload, string messageId, NatsHeaders? headers, CancellationToken cancellationToken)
    {
        var options = new NatsJSPubOpts { MsgId = messageId, RetryAttempts = 1 };
        var ack = await _untilStored.ExecuteAsync(
            async (state, token) => await _jetStream.PublishAsync(
                state.subject, state.payload, opts: state.options, headers: Copy(state.headers), cancellationToken: token),
            (subject, payload, options, headers),
            cancellationToken);
        if (ack.Error is { } error)
            throw new NatsJSApiException(error);
        return ack;
    }

    private static bool ShouldWait(Outcome<PubAckResponse> outcome) => outcome switch
    {
        { Result.Error.ErrCode: StoreFailed } => true,
        { Result.Error.Code: 503 } => true,
        { Exception: NatsPayloadTooLargeException or NatsJSApiException } => false,
        { Exception: NatsException } => true,
        _ => false,
    };

    private static string Describe(Outcome<PubAckResponse> outcome) =>
        outcome.Result?.Error?.Description ?? outcome.Exception?.Message ?? "no answer";

    private static NatsHeaders? Copy(NatsHeaders? headers)
    {
        if (headers is null)
            return null;
        var copy = new NatsHeaders();
        foreach (var header in headers)
            copy.Add(header);
        return copy;
    }
}
