using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Publishing;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;

namespace Rerank.Scorer.Pulling;

/// <summary>Pulls one job's pairs as the window has room, decodes and tokenizes them and puts them into the window.</summary>
internal sealed class JobPuller(
    ServedJob job,
    Broker broker,
    PairTokenizer tokenizer,
    PassQueue passes,
    HeldDeliveries held,
    DeadLetterPublisher deadLetters,
    PoisonMarks marks,
    TimeProvider time,
    ILogger logger)
{
    // Long, because a request that waits costs nothing, and pairs are handed over as they come.
    private static readonly TimeSpan PullExpiry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Runs until cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var consumer = await broker.Setup.EnsurePairsConsumerAsync(job.Name, cancellationToken);
                while (!cancellationToken.IsCancellationRequested)
                    await PullAsync(consumer, cancellationToken);
            }
            catch (NatsException e)
            {
                Log.PullFailed(logger, job.Name, e.Message);
                await Task.Delay(PauseAfterFailure, time, cancellationToken);
            }
        }
    }

    private async Task PullAsync(INatsJSConsumer consumer, CancellationToken cancellationToken)
    {
        var room = await job.Credits.TakeAsync(cancellationToken);
        var used = 0;
        try
        {
            var options = new NatsJSFetchOpts { MaxMsgs = room, Expires = PullExpiry };
            await foreach (var message in consumer.FetchAsync<NatsMemoryOwner<byte>>(options, cancellationToken: cancellationToken))
            {
                if (await ReceiveAsync(message, cancellationToken))
                    used++;
            }
        }
        finally
        {
            job.Credits.Return(room - used);
        }
    }

    /// <summary>True if the pair went into the window.</summary>
    private async Task<bool> ReceiveAsync(INatsJSMsg<NatsMemoryOwner<byte>> message, CancellationToken cancellationToken)
    {
        var receivedUs = time.GetUnixMicroseconds();
        var delivery = Delivery.Parse(message.ReplyTo);
        held.Hold(delivery);
        try
        {
            return await TakeAsync(message, delivery, receivedUs, cancellationToken);
        }
        catch
        {
            // It is in no window: held on to, it would be kept from everybody for ever.
            await held.NakAsync(delivery, cancellationToken);
            throw;
        }
    }

    private async Task<bool> TakeAsync(
        INatsJSMsg<NatsMemoryOwner<byte>> message, Delivery delivery, long receivedUs, CancellationToken cancellationToken)
    {
        using var payload = message.Data;
        var identity = PairIdentities.Of(job, message.Headers, delivery);
        var decoded = PairCodec.Decode(payload.Span);
        if (identity is null || decoded.Pair is not { } pair)
        {
            var (reason, detail) = identity is null
                ? (DeadReason.NoOrdinal, "The message has no Rerank-Ordinal header, and the job is ingested from a source: publish to a job of 'rerank jobs open'.")
                : (decoded.Reason!, decoded.Detail!);
            await deadLetters.BuryAsync(job, identity, delivery, reason, detail, payload.Memory, cancellationToken);
            return false;
        }

        var verdict = await marks.ExamineAsync(job, delivery, cancellationToken);
        if (verdict == PoisonVerdict.Poison)
        {
            const string Detail = "It was being scored alone, after three deliveries without a result, when the scorer ended again.";
            await deadLetters.BuryAsync(job, identity, delivery, DeadReason.Poison, Detail, payload.Memory, cancellationToken);
            await marks.ClearAsync(job, delivery, cancellationToken);
            return false;
        }

        TokenizedPair tokens;
        try
        {
            tokens = tokenizer.Encode(pair.Query, pair.Document, job.Spec.MaxLength);
        }
        catch (Exception e) when (e is TokenizerException or ArgumentException)
        {
            await deadLetters.BuryAsync(
                job, identity, delivery, DeadReason.TokenizationFailed, e.Message, payload.Memory, cancellationToken);
            return false;
        }

        passes.Add(new ReadyPair(
            job,
            identity.Value,
            pair.Id,
            pair.QueryId,
            pair.DocumentId,
            pair.Rank,
            pair.Truncated || tokens.Truncated,
            tokens,
            delivery,
            verdict == PoisonVerdict.Alone,
            receivedUs,
            time.GetUnixMicroseconds(),
            PairTraces.Read(message.Headers)));
        return true;
    }
}
