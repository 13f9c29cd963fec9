using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using NATS.Client.Core;
using Rerank.Ingest.Sources;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;
using Rerank.Shared.Topology;

namespace Rerank.Ingest.Publishing;

/// <summary>Sends a record where it belongs: a pair to PAIRS, anything else to DEAD. Thread-safe.</summary>
internal sealed class RecordPublisher(Broker broker, JobSpec spec, string source)
{
    private const string Stage = "ingest";

    // Headers and subject count too; a payload that only just fits is not worth the arithmetic.
    private const int HeaderRoom = 4096;

    private readonly string _pairsSubject = broker.Names.PairsSubject(spec.Job);
    private readonly int _maxPayload = (broker.Connection.ServerInfo?.MaxPayload ?? 1 << 20) - HeaderRoom;
    private readonly KeyValuePair<string, object?> _job = Instruments.OfJob(spec.Job);
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];

    /// <summary>Publishes until it is stored; the record's bytes are no longer needed when the call returns its task.</summary>
    /// <param name="record">The record.</param>
    /// <param name="decoded">What it is.</param>
    /// <param name="run">Names this attempt; part of the message id.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal Task PublishAsync(in SourceRecord record, in PairDecodeResult decoded, string run, CancellationToken cancellationToken)
    {
        if (decoded.Pair is null)
            return PublishDeadAsync(record, decoded.Reason!, decoded.Detail!, run, cancellationToken);

        var buffer = _buffers.TryTake(out var free) ? free : new ArrayBufferWriter<byte>(4096);
        PairCodec.Encode(buffer, decoded.Pair);
        if (buffer.WrittenCount <= _maxPayload)
            return PublishPairAsync(record.Position.Ordinal, buffer, run, cancellationToken);

        var detail = $"The pair is a message of {buffer.WrittenCount:N0} bytes; the broker takes {_maxPayload:N0}. Shorten its query or ids.";
        return PublishDeadAsync(record, DeadReason.TooLong, detail, run, cancellationToken);
    }

    /// <summary>Publishes a dead letter of the record until it is stored.</summary>
    internal Task PublishDeadAsync(in SourceRecord record, string reason, string detail, string run, CancellationToken cancellationToken)
    {
        var position = record.Position;
        var place = $"{source}:{position.Line}";
        var letter = DeadLetter.For(
            spec.Job, new PairIdentity(0, position.Ordinal), reason, detail, Stage, place, record.Bytes.Span);
        if (record.TooLongSha256 is { } hash)
            letter = letter with { Length = record.Length, Sha256 = hash };
        return PublishDeadAsync(letter, run, cancellationToken);
    }

    /// <summary>Publishes the letter of an ordinal whose record cannot be read again.</summary>
    internal Task PublishLostAsync(long ordinal, string detail, string run, CancellationToken cancellationToken) =>
        PublishDeadAsync(
            DeadLetter.For(spec.Job, new PairIdentity(0, ordinal), DeadReason.Lost, detail, Stage, $"{source}#{ordinal}", original: default),
            run,
            cancellationToken);

    private Task PublishDeadAsync(DeadLetter letter, string run, CancellationToken cancellationToken) =>
        broker.PublishDeadAsync(letter, spec.Dataset, $"{spec.Job}:{run}:{letter.Ordinal}:dead:{letter.Reason}", cancellationToken);

    private async Task PublishPairAsync(long ordinal, ArrayBufferWriter<byte> buffer, string run, CancellationToken cancellationToken)
    {
        var number = ordinal.ToString(CultureInfo.InvariantCulture);
        var headers = new NatsHeaders { [PairHeaders.Ordinal] = number };
        using var trace = PairTraces.Begin(spec.Job, ordinal);
        if (trace is not null)
            PairTraces.Write(headers, trace);
        await broker.Publisher.PublishAsync(_pairsSubject, buffer.WrittenMemory, $"{spec.Job}:{run}:{number}", headers, cancellationToken);
        Instruments.PublishedPairs.Add(1, _job);

        // Not after a failure: the library may still be sending the bytes.
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= 128 * 1024)
            _buffers.Add(buffer);
    }
}
