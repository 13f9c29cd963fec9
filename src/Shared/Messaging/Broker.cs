using System.Text.Json;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;
using Polly;
using Polly.Retry;
using Rerank.Shared.Contracts;
using Rerank.Shared.Telemetry;
using Rerank.Shared.Topology;

namespace Rerank.Shared.Messaging;

/// <summary>One connection to NATS, with what the pipeline uses of it. Thread-safe.</summary>
public sealed class Broker : IAsyncDisposable
{
    private readonly NatsConnection _connection;

    private Broker(NatsConnection connection, NatsOptions options, QueueOptions queue, ILoggerFactory loggers, TimeProvider time)
    {
        _connection = connection;
        Time = time;
        Names = new Names(options.Namespace);
        Queue = queue;
        JetStream = new NatsJSContext(connection);
        KeyValue = new NatsKVContext(JetStream);
        Setup = new StreamSetup(JetStream, KeyValue, Names, queue);
        Publisher = new StreamPublisher(JetStream, loggers.CreateLogger<StreamPublisher>(), time);
    }

    public Names Names { get; }

    public QueueOptions Queue { get; }

    public INatsConnection Connection => _connection;

    public INatsJSContext JetStream { get; }

    public INatsKVContext KeyValue { get; }

    public StreamSetup Setup { get; }

    public StreamPublisher Publisher { get; }

    internal TimeProvider Time { get; }

    /// <summary>Connects, trying again until <see cref="NatsOptions.ConnectTimeout"/>, and makes what is missing of the topology.</summary>
    /// <exception cref="BrokerUnavailableException">Nobody answered, or the server has no JetStream; the message says what to do.</exception>
    public static async Task<Broker> ConnectAsync(
        NatsOptions options, QueueOptions queue, string clientName, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        var log = new ConnectionLog(loggers);
        var connection = new NatsConnection(ToNatsOpts(options, clientName, log));
        try
        {
            await FirstConnection(options, time, loggers.CreateLogger<Broker>())
                .ExecuteAsync(async _ => await connection.ConnectAsync(), cancellationToken);
            log.Connected();
            var broker = new Broker(connection, options, queue, loggers, time);
            await broker.Setup.EnsureStreamsAsync(cancellationToken);
            return broker;
        }
        catch (NatsException e) when (e is not NatsJSApiException)
        {
            await connection.DisposeAsync();
            throw new BrokerUnavailableException(Explain(e, options.Url), e);
        }
        catch (NatsJSApiException e)
        {
            await connection.DisposeAsync();
            throw new BrokerUnavailableException(
                $"The NATS server at {options.Url} refuses the streams: {e.Error.Description} (code {e.Error.ErrCode}). "
                + $"They ask for {queue.MaxBytes:N0} bytes each; lower Queue__MaxBytes or give JetStream more room.",
                e);
        }
    }

    /// <summary>Documents of the bucket that keeps its entries.</summary>
    public ValueTask<KvDocuments> JobsAsync(CancellationToken cancellationToken) =>
        KvDocuments.OpenAsync(KeyValue, Names.JobsBucket, cancellationToken);

    /// <summary>Documents of the bucket whose entries expire.</summary>
    public ValueTask<KvDocuments> LiveAsync(CancellationToken cancellationToken) =>
        KvDocuments.OpenAsync(KeyValue, Names.LiveBucket, cancellationToken);

    /// <summary>Publishes a dead letter, or the word that its ordinal was published again, until the stream has stored it.</summary>
    /// <param name="letter">Its job says where it goes.</param>
    /// <param name="dataset">Dataset of the job.</param>
    /// <param name="messageId">Nats-Msg-Id.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task PublishDeadAsync(DeadLetter letter, string dataset, string messageId, CancellationToken cancellationToken)
    {
        await Publisher.PublishAsync(
            Names.DeadSubject(dataset, letter.Job),
            JsonSerializer.SerializeToUtf8Bytes(letter, WireJson.Default.DeadLetter),
            messageId,
            headers: null,
            cancellationToken);
        if (letter.Kind == DeadLetterKind.Letter)
        {
            Instruments.DeadLetters.Add(
                1,
                Instruments.OfJob(letter.Job),
                new(TelemetryNames.StageTag, letter.Stage),
                new(TelemetryNames.ReasonTag, letter.Reason));
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static string Explain(NatsException exception, string url) => exception switch
    {
        NatsNoRespondersException or NatsJSApiNoResponseException =>
            $"The NATS server at {url} does not answer JetStream requests; start it with JetStream: nats-server -js.",
        _ when RefusalIn(exception) is { } refusal =>
            $"The NATS server at {url} refuses these credentials ({refusal.Error}). Set Nats__User and Nats__Password, Nats__Token, "
            + "Nats__CredsFile or Nats__NKeyFile.",
        _ => $"No NATS server answers at {url} ({exception.GetBaseException().Message}). Start one (nats-server -js) or set Nats__Url.",
    };

    private static NatsServerException? RefusalIn(Exception? exception)
    {
        while (exception is not null and not NatsServerException { IsAuthError: true })
            exception = exception.InnerException;
        return (NatsServerException?)exception;
    }

    private static ResiliencePipeline FirstConnection(NatsOptions options, TimeProvider time, ILogger logger)
    {
        var deadline = time.GetTimestamp();
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(2),
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is NatsException refused
                    && RefusalIn(refused) is null
                    && time.GetElapsedTime(deadline) < options.ConnectTimeout),
                OnRetry = retry =>
                {
                    if (retry.AttemptNumber == 0)
                        Log.NobodyAnswers(logger, options.Url, retry.Outcome.Exception!.GetBaseException().Message, options.ConnectTimeout);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    private static NatsOpts ToNatsOpts(NatsOptions options, string clientName, ILoggerFactory loggers) => NatsOpts.Default with
    {
        Url = options.Url,
        Name = clientName,
        LoggerFactory = loggers,
        // A slow consumer of scores must push back, never lose: pull requests bound what is in flight anyway.
        SubPendingChannelFullMode = System.Threading.Channels.BoundedChannelFullMode.Wait,
        AuthOpts = new NatsAuthOpts
        {
            Username = options.User,
            Password = options.Password,
            Token = options.Token,
            CredsFile = options.CredsFile,
            NKeyFile = options.NKeyFile,
        },
    };
}
