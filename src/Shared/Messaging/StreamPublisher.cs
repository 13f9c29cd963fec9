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
    // One for all: the id travels in the headers, where the library would only have copied it to.
    private static readonly NatsJSPubOpts PublishOptions = new() { RetryAttempts = 1 };

    private readonly INatsJSContext _jetStream;
    private readonly ResiliencePipeline<PubAckResponse> _untilStored;
    private int _waiting;
    private string? _reason;

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
                    _reason = Describe(arguments.Outcome);
                    Log.PublishWaits(logger, arguments.AttemptNumber + 1, _reason);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Why publishes are being waited out at the moment; null if none is.</summary>
    public string? Waiting => Volatile.Read(ref _waiting) > 0 ? _reason : null;

    /// <summary>Publishes until the stream has stored the message.</summary>
    /// <param name="subject">Subject of one of the streams.</param>
    /// <param name="payload">Sent as it is; must stay unchanged until the call returns.</param>
    /// <param name="messageId">Nats-Msg-Id, against duplicates by the retries of this call.</param>
    /// <param name="headers">The caller's own; never changed.</param>
    /// <param name="cancellationToken">Ends the waiting; the message may have been stored all the same.</param>
    /// <exception cref="NatsJSApiException">The server refuses for another reason than want of room.</exception>
    public async ValueTask<PubAckResponse> PublishAsync(
        string subject, ReadOnlyMemory<byte> payload, string messageId, NatsHeaders? headers, CancellationToken cancellationToken)
    {
        var publish = new Publish(subject, payload, messageId, headers);
        Outcome<PubAckResponse> outcome;
        try
        {
            // Not by TryAsync: this is done for every pair, and each asynchronous method on the way is one more allocation.
            outcome = OutcomeOf(await SendAsync(publish, cancellationToken));
        }
        catch (NatsException e)
        {
            outcome = Outcome.FromException<PubAckResponse>(e);
        }

        if (ShouldWait(outcome))
            outcome = await WaitUntilStoredAsync(publish, outcome, cancellationToken);

        outcome.ThrowIfException();
        return outcome.Result is { Error: { } error } ? throw new NatsJSApiException(error) : outcome.Result!;
    }

    private static bool ShouldWait(Outcome<PubAckResponse> outcome) => outcome switch
    {
        { Result.Error.ErrCode: JetStreamError.StoreFailed } => true,
        { Result.Error.Code: 503 } => true,
        { Exception: NatsPayloadTooLargeException or NatsJSApiException } => false,
        { Exception: NatsException } => true,
        _ => false,
    };

    private static string Describe(Outcome<PubAckResponse> outcome) =>
        outcome.Result?.Error?.Description ?? outcome.Exception?.Message ?? "no answer";

    /// <summary>Apart from the first try, which nearly always does: a retry strategy costs more than the publish it would guard.</summary>
    private async ValueTask<Outcome<PubAckResponse>> WaitUntilStoredAsync(
        Publish publish, Outcome<PubAckResponse> firstOutcome, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            Outcome<PubAckResponse>? known = firstOutcome;
            return await _untilStored.ExecuteOutcomeAsync(
                (context, publish) =>
                {
                    if (known is not { } outcome)
                        return TryAsync(publish, context.CancellationToken);
                    known = null;
                    return ValueTask.FromResult(outcome);
                },
                context,
                publish);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async ValueTask<Outcome<PubAckResponse>> TryAsync(Publish publish, CancellationToken cancellationToken)
    {
        try
        {
            return OutcomeOf(await SendAsync(publish, cancellationToken));
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException)
        {
            return Outcome.FromException<PubAckResponse>(e);
        }
    }

    private ValueTask<NatsResult<PubAckResponse>> SendAsync(Publish publish, CancellationToken cancellationToken) => _jetStream.TryPublishAsync(
        publish.Subject, publish.Payload, opts: PublishOptions, headers: publish.Headers(), cancellationToken: cancellationToken);

    private static Outcome<PubAckResponse> OutcomeOf(in NatsResult<PubAckResponse> sent) =>
        sent.Success ? Outcome.FromResult(sent.Value) : Outcome.FromException<PubAckResponse>(sent.Error);

    private readonly record struct Publish(string Subject, ReadOnlyMemory<byte> Payload, string MessageId, NatsHeaders? Extra)
    {
        /// <summary>New for each try: the library makes them read-only.</summary>
        internal NatsHeaders Headers()
        {
            var headers = new NatsHeaders { ["Nats-Msg-Id"] = MessageId };
            if (Extra is not null)
            {
                foreach (var header in Extra)
                    headers.Add(header);
            }

            return headers;
        }
    }
}
