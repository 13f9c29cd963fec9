using NATS.Client.Core;
using NATS.Client.JetStream;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Cli.Running;

/// <summary>Reads how far a job is from what its stages leave in the broker. One reading at a time.</summary>
/// <param name="broker">The run's own connection.</param>
/// <param name="job">The job.</param>
/// <param name="sourceBytes">Size of the source, for an estimate of the total; null if it has none.</param>
/// <param name="time">For the rates.</param>
internal sealed class ProgressReader(Broker broker, string job, long? sourceBytes, TimeProvider time)
{
    private readonly RateMeter _pairs = new(time);
    private readonly RateMeter _tokens = new(time);
    private long? _writtenBefore;

    /// <summary>Null while there is nothing to tell: the job is not there yet, or the broker does not answer.</summary>
    internal async Task<RunProgress?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var jobs = await broker.JobsAsync(cancellationToken);
            if ((await jobs.FindAsync(Names.IngestKey(job), WireJson.Default.IngestState, cancellationToken))?.Value is not { } ingest)
                return null;
            var sink = (await jobs.FindAsync(Names.SinkKey(job), WireJson.Default.SinkState, cancellationToken))?.Value;
            _writtenBefore ??= sink?.Written ?? 0;

            var (handled, lag) = await ReadConsumerAsync(cancellationToken);
            var heartbeats = await Heartbeats.ReadAsync(broker, cancellationToken);
            // A pair that a killed run had published twice is handled twice, and is one row.
            var scored = Math.Min(
                Math.Max(sink?.Written ?? 0, _writtenBefore.Value + handled),
                (ingest.Total ?? long.MaxValue) - (sink?.Dead ?? 0));
            return new RunProgress(
                scored,
                sink?.Written ?? 0,
                sink?.Dead ?? 0,
                ingest.Total ?? EstimatedTotal(ingest),
                ingest.Total is not null,
                lag,
                _pairs.Rate(scored),
                _tokens.Rate(heartbeats.Sum(heartbeat => heartbeat.TokensScored)));
        }
        catch (NatsException)
        {
            // Only a picture: what the stages make of a broker that does not answer is theirs to say.
            return null;
        }
    }

    /// <summary>Pairs that the job's consumer has handed out and got back done, and those that still wait.</summary>
    private async Task<(long Handled, long Lag)> ReadConsumerAsync(CancellationToken cancellationToken)
    {
        try
        {
            var consumer = await broker.JetStream.GetConsumerAsync(
                broker.Names.PairsStream, broker.Names.PairsConsumer(job), cancellationToken);
            var info = consumer.Info;
            return ((long)info.Delivered.ConsumerSeq - info.NumAckPending, (long)info.NumPending + info.NumAckPending);
        }
        catch (NatsJSApiException)
        {
            // No Scorer has made it yet.
            return (0, 0);
        }
    }

    private long? EstimatedTotal(IngestState ingest) =>
        sourceBytes is { } bytes && ingest.Offset > 0 ? (long)((double)ingest.NextOrdinal * bytes / ingest.Offset) : null;
}
