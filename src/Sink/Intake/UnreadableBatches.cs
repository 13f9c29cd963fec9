using Microsoft.Extensions.Logging;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Sink.Intake;

/// <summary>Copies scored batches that cannot be used to DEAD. The letter has no ordinal: the pairs stay missing, and Ingest publishes them again.</summary>
internal sealed class UnreadableBatches(Broker broker, string dataset, ILogger logger)
{
    /// <summary>Returns when the copy is stored; the message may be acknowledged then.</summary>
    public async ValueTask BuryAsync(string job, ulong sequence, ReadOnlyMemory<byte> payload, string detail, CancellationToken cancellationToken)
    {
        Log.BatchUnreadable(logger, job, sequence, detail);
        var place = $"{broker.Names.ScoresStream}:{sequence}";
        var letter = DeadLetter.For(job, identity: null, DeadReason.InvalidJson, detail, "sink", place, payload.Span);
        await broker.PublishDeadAsync(letter, dataset, $"{dataset}:{place}:dead", cancellationToken);
    }
}
