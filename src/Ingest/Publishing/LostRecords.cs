using Rerank.Ingest.Jobs;
using Rerank.Ingest.Sources;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Ingest.Publishing;

/// <summary>
/// Publishes again what a broker or a disk has lost: exactly the missing ordinals, at most <see cref="Rounds"/> times; then they
/// become dead letters, so that a job always ends.
/// </summary>
internal sealed class LostRecords(SourceFile source, RecordPublisher publisher, JobCheckpoint checkpoint, IngestOptions options)
{
    internal const int Rounds = 3;

    // Dead letters may get lost too, but not for ever.
    private const int DeadLetterRounds = 3;

    private const string LostDetail = "It was published three times and never came out: a broker or a disk lost it.";
    private const string NotAgainDetail = "A broker or a disk lost it, and standard input cannot be read again.";

    /// <summary>Returns when all of them are stored by the broker.</summary>
    /// <exception cref="StageFailedException">Even dead letters get lost, or the source has changed.</exception>
    internal async Task PublishAgainAsync(IntervalSet missing, CancellationToken cancellationToken)
    {
        var round = checkpoint.State.LostRounds + 1;
        if (round > Rounds + DeadLetterRounds)
        {
            throw new StageFailedException(
                ExitCode.Failed,
                $"{missing.Count:N0} records of the job are lost again and again, as dead letters too: the broker or the Sink does not "
                + "keep what it has confirmed. Look at the broker's storage and the Sink's log, then repeat the command.");
        }

        await checkpoint.SaveAsync(checkpoint.State with { LostRounds = round }, cancellationToken);
        // Another id than before: within the duplicate window the same one would be dropped.
        var run = $"{checkpoint.State.Run}.{round}";
        if (source.CanReadAgain)
            await PublishFromSourceAsync(missing, asDead: round > Rounds, run, cancellationToken);
        else
            await PublishDeadAsync(missing, run, cancellationToken);
    }

    private async Task PublishFromSourceAsync(IntervalSet missing, bool asDead, string run, CancellationToken cancellationToken)
    {
        source.EnsureUnchanged(cancellationToken);
        var window = new PublishWindow(options.MaxInFlight, default);
        var last = missing.Intervals[^1].Last;
        await using var records = await source.OpenAsync(SourcePosition.Start, cancellationToken);
        while (records.Position.Ordinal <= last && await source.ReadAsync(records, cancellationToken) is { } record)
        {
            if (!missing.Contains(record.Position.Ordinal))
                continue;

            var decoded = RecordDecoder.Decode(record, options.MaxDocumentBytes);
            var publish = asDead && decoded.Pair is not null
                ? publisher.PublishDeadAsync(record, DeadReason.Lost, LostDetail, run, cancellationToken)
                : publisher.PublishAsync(record, decoded, run, cancellationToken);
            await window.AddAsync(publish, default, cancellationToken);
        }

        await window.DrainAsync(cancellationToken);
    }

    private async Task PublishDeadAsync(IntervalSet missing, string run, CancellationToken cancellationToken)
    {
        var window = new PublishWindow(options.MaxInFlight, default);
        foreach (var (first, last) in missing.Intervals)
        {
            for (var ordinal = first; ordinal <= last; ordinal++)
                await window.AddAsync(publisher.PublishLostAsync(ordinal, NotAgainDetail, run, cancellationToken), default, cancellationToken);
        }

        await window.DrainAsync(cancellationToken);
    }
}
