using Microsoft.Extensions.Logging;
using NATS.Client.JetStream.Models;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Sink.Intake;
using Rerank.Sink.Writing;

namespace Rerank.Sink;

/// <summary>
/// One holding of the dataset, from reading what is there to the last flush. All state is changed by one loop over one bounded channel;
/// whatever goes wrong with the broker ends the session, and the next one begins with the files again.
/// </summary>
internal sealed class SinkSession
{
    private readonly HeldDeliveries _held;
    private readonly UnreadableBatches _unreadable;
    private readonly SessionIntake _intake;
    private readonly WritePause _pause;
    private readonly JobFlusher _flusher;
    private readonly FlushPolicy _policy;
    private readonly SinkJobs _jobs;
    private readonly Backlog _backlog;
    private readonly SinkProgress _progress;
    private readonly LagMetrics _lag;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private SinkSession(Broker broker, WriteContext context, KvDocuments documents, StreamConfig scores, ILogger logger)
    {
        var gate = new Gate();
        _time = context.Time;
        _logger = logger;
        _held = new HeldDeliveries(new Acks(broker.Connection), broker.Queue.AckWait, context.Time);
        _unreadable = new UnreadableBatches(broker, context.Dataset, logger);
        _intake = new SessionIntake(broker, context.Dataset, documents, _unreadable, _held, gate, context.Time, logger);
        _pause = new WritePause(gate, context, logger);
        _flusher = new JobFlusher(context, documents, _held, _pause, logger);
        _policy = new FlushPolicy(context.Options, scores, context.Time);
        _jobs = new SinkJobs(context, documents, _flusher, logger);
        _backlog = new Backlog(broker, context.Dataset);
        _lag = new LagMetrics(_backlog, context.Time);
        _progress = new SinkProgress(context.Options.ProgressInterval, context.Time, logger);
    }

    /// <summary>Opens the dataset for an epoch.</summary>
    public static async Task<SinkSession> OpenAsync(Broker broker, WriteContext context, ILogger logger, CancellationToken cancellationToken)
    {
        await broker.Setup.EnsureStreamsAsync(cancellationToken);
        await ScoresIntake.ReleaseHeldAsync(broker, context.Dataset, cancellationToken);
        var stream = await broker.JetStream.GetStreamAsync(broker.Names.ScoresStream, cancellationToken: cancellationToken);
        var session = new SinkSession(broker, context, await broker.JobsAsync(cancellationToken), stream.Info.Config, logger);
        await session._jobs.RecoverAsync(cancellationToken);
        return session;
    }

    /// <summary>Runs until it is asked to stop, then writes what it holds.</summary>
    /// <param name="stopping">Asks for the end.</param>
    /// <param name="lost">The dataset may belong to somebody else: ends at once.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken lost)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(lost);
        var keepAlive = _intake.KeepAliveAsync(life);
        var intake = _intake.RunAsync(reading);
        try
        {
            await foreach (var next in _intake.ReadAllAsync(lost))
                await HandleAsync(next, lost);
            await WriteEverythingAsync(lost);
        }
        finally
        {
            await reading.CancelAsync();
            await life.CancelAsync();
            await Task.WhenAll(intake, keepAlive);
            foreach (var job in _jobs.All)
                await job.Writer.AbandonAsync();
        }
    }

    private ValueTask HandleAsync(SinkEvent next, CancellationToken lost) => next switch
    {
        SinkEvent.Scores scores => OnScoresAsync(scores, lost),
        SinkEvent.Letter letter => OnLetterAsync(letter, lost),
        SinkEvent.JobChanged changed => _jobs.OnChangedAsync(changed.Job, lost),
        _ => OnTickAsync(lost),
    };

    private async ValueTask OnScoresAsync(SinkEvent.Scores scores, CancellationToken lost)
    {
        var job = await _jobs.GetAsync(scores.Batch.Job, lost);
        bool waits;
        try
        {
            waits = job.Writer.Accept(scores.Batch, scores.Delivery.TimestampUs);
        }
        catch (FormatException e)
        {
            var payload = ScoredBatchCodec.Encode(scores.Batch);
            await _unreadable.BuryAsync(scores.Batch.Job, scores.Delivery.StreamSequence, payload, e.Message, lost);
            await _held.AckAsync(scores.Delivery, lost);
            return;
        }

        if (!waits)
        {
            await _held.AckAsync(scores.Delivery, lost);
            return;
        }

        job.WaitForRows(scores.Delivery, scores.Bytes, _time.GetTimestamp());
        job.Follow(scores.Traces, scores.Delivery.TimestampUs);
        if (job.Writer.Complete && job.IsPublished)
            _jobs.Reopen(job, "new scores have come");
        await _flusher.SpillAsync(job, lost);
        await FlushWhatIsDueAsync(job, lost);
    }

    private async ValueTask OnLetterAsync(SinkEvent.Letter letter, CancellationToken lost)
    {
        var job = await _jobs.GetAsync(letter.Content.Job, lost);
        var changed = false;
        try
        {
            changed = job.Writer.Accept(letter.Content, letter.Delivery.TimestampUs);
        }
        catch (FormatException e)
        {
            Log.LetterUnreadable(_logger, $"{letter.Content.Job} ({e.Message})", letter.Delivery.StreamSequence);
        }

        job.WaitForState(letter.Delivery);
        if (changed && letter.Content.Kind == DeadLetterKind.Retry && job.Writer.Complete)
            _jobs.Reopen(job, "a dead letter was published again");
        await FlushWhatIsDueAsync(job, lost);
    }

    private async ValueTask OnTickAsync(CancellationToken lost)
    {
        await _lag.ReadIfDueAsync(_jobs.All, lost);
        if (!_pause.TryEnd())
            return;

        foreach (var job in _jobs.All)
        {
            // Full or done: a pause kept that flush from being made, and maybe no message comes any more.
            if (job.Writer.HasBuffered && (_policy.IsDue(job) || _policy.IsOld(job)))
                await _flusher.FlushAsync(job, lost);
            else if (job.NeedsSave)
                await _flusher.SaveAsync(job, lost);
            if (job is { Closed: true, IsPublished: true, Writer: { Complete: false, IsRetrying: false } })
                await CompletePublishedAsync(job, lost);
        }

        _progress.TellIfDue(_jobs.All);
    }

    private async ValueTask FlushWhatIsDueAsync(SinkJob job, CancellationToken lost)
    {
        if (_pause.IsOn)
            return;

        if (_policy.IsDue(job))
            await _flusher.FlushAsync(job, lost);
        if (!_policy.IsTooMuch(_jobs.All))
            return;

        foreach (var each in _jobs.All.Where(each => each.WaitingMessages > 0))
            await _flusher.FlushAsync(each, lost);
    }

    private async ValueTask CompletePublishedAsync(SinkJob job, CancellationToken lost)
    {
        if (job.Writer.HasBuffered)
        {
            if (await _backlog.NoPairsAsync(job.Writer.Job, lost))
                await _flusher.FlushAsync(job, lost);
        }
        else if (!job.NeedsSave && await _backlog.IsEmptyAsync(job.Writer.Job, lost))
        {
            await _flusher.CompleteAsync(job, lost);
        }
    }

    private async Task WriteEverythingAsync(CancellationToken lost)
    {
        _pause.End();
        foreach (var job in _jobs.All)
        {
            if (job.Writer.HasBuffered)
                await _flusher.FlushAsync(job, lost);
            else if (job.NeedsSave)
                await _flusher.SaveAsync(job, lost);
        }

        await _held.FlushAsync(lost);
        if (!_jobs.All.Any(job => job.Writer.HasBuffered || job.NeedsSave))
            Log.Stopped(_logger);
    }
}
