using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.Client.KeyValueStore;
using Rerank.Shared.Messaging;

namespace Rerank.Shared.Topology;

/// <summary>Makes the streams, consumers and buckets that are missing, in any order and by any part: every call can be repeated.</summary>
public sealed class StreamSetup(INatsJSContext jetStream, INatsKVContext keyValue, Names names, QueueOptions options)
{
    // Wide enough for the publisher's own retries; the Sink is the only dedup that counts.
    private static readonly TimeSpan DuplicateWindow = TimeSpan.FromSeconds(10);

    /// <summary>All streams and buckets.</summary>
    /// <exception cref="NatsJSApiException">The server refuses, for example for want of storage.</exception>
    public async ValueTask EnsureStreamsAsync(CancellationToken cancellationToken)
    {
        await EnsureStreamAsync(Queue(names.PairsStream, names.AllPairs), cancellationToken);
        await EnsureStreamAsync(Queue(names.ScoresStream, names.AllScores), cancellationToken);
        await EnsureStreamAsync(Dead(), cancellationToken);
        await EnsureBucketAsync(new NatsKVConfig(names.JobsBucket) { History = 1, NumberOfReplicas = options.Replicas }, cancellationToken);
        await EnsureBucketAsync(
            new NatsKVConfig(names.LiveBucket) { History = 1, MaxAge = options.LeaseAge, NumberOfReplicas = options.Replicas },
            cancellationToken);
    }

    /// <summary>The job's durable consumer on PAIRS.</summary>
    public ValueTask<INatsJSConsumer> EnsurePairsConsumerAsync(string job, CancellationToken cancellationToken) =>
        EnsureConsumerAsync(names.PairsStream, names.PairsConsumer(job), names.PairsSubject(job), cancellationToken);

    /// <summary>The dataset's durable consumer on SCORES.</summary>
    public ValueTask<INatsJSConsumer> EnsureScoresConsumerAsync(string dataset, CancellationToken cancellationToken) =>
        EnsureConsumerAsync(names.ScoresStream, names.SinkConsumer(dataset), names.ScoresOfDataset(dataset), cancellationToken);

    /// <summary>The dataset's durable consumer on DEAD.</summary>
    public ValueTask<INatsJSConsumer> EnsureDeadConsumerAsync(string dataset, CancellationToken cancellationToken) =>
        EnsureConsumerAsync(names.DeadStream, names.SinkConsumer(dataset), names.DeadOfDataset(dataset), cancellationToken);

    private StreamConfig Queue(string name, string subjects) => new(name, [subjects])
    {
        Retention = StreamConfigRetention.Workqueue,
        Storage = StreamConfigStorage.File,
        Discard = StreamConfigDiscard.New,
        MaxBytes = options.MaxBytes,
        MaxMsgsPerSubject = options.MaxMessagesPerJob,
        DiscardNewPerSubject = true,
        DuplicateWindow = DuplicateWindow,
        NumReplicas = options.Replicas,
    };

    private StreamConfig Dead() => new(names.DeadStream, [names.AllDead])
    {
        Retention = StreamConfigRetention.Limits,
        Storage = StreamConfigStorage.File,
        Discard = StreamConfigDiscard.New,
        MaxBytes = options.MaxBytes,
        DuplicateWindow = DuplicateWindow,
        NumReplicas = options.Replicas,
    };

    private async ValueTask EnsureStreamAsync(StreamConfig config, CancellationToken cancellationToken)
    {
        try
        {
            await jetStream.CreateStreamAsync(config, cancellationToken);
        }
        catch (NatsJSApiException e)
        {
            // With other sizes it is an operator's choice, or an older version's. The server looks at the room before it looks at the name.
            if (e.Error.ErrCode != JetStreamError.StreamNameInUse && !await ExistsAsync(config.Name!, cancellationToken))
                throw;
        }
    }

    private async ValueTask<bool> ExistsAsync(string stream, CancellationToken cancellationToken)
    {
        try
        {
            await jetStream.GetStreamAsync(stream, cancellationToken: cancellationToken);
            return true;
        }
        catch (NatsJSApiException e) when (e.Error.ErrCode == JetStreamError.StreamNotFound)
        {
            return false;
        }
    }

    private async ValueTask EnsureBucketAsync(NatsKVConfig config, CancellationToken cancellationToken)
    {
        try
        {
            await keyValue.CreateStoreAsync(config, cancellationToken);
        }
        catch (NatsJSApiException e) when (e.Error.ErrCode == JetStreamError.StreamNameInUse)
        {
            // As above.
        }
    }

    private async ValueTask<INatsJSConsumer> EnsureConsumerAsync(
        string stream, string consumer, string filter, CancellationToken cancellationToken) =>
        await jetStream.CreateOrUpdateConsumerAsync(
            stream,
            new ConsumerConfig(consumer)
            {
                FilterSubject = filter,
                AckPolicy = ConsumerConfigAckPolicy.Explicit,
                AckWait = options.AckWait,
                // Poison is the Scorer's to recognise: after MaxDeliver a message would stay in a work queue unseen.
                MaxDeliver = -1,
                // Each reader bounds what it holds; the server's default of 1,000 would starve a fast one.
                MaxAckPending = 100_000,
                NumReplicas = options.Replicas,
            },
            cancellationToken);
}
