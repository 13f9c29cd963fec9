using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NATS.Client.JetStream.Models;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.Sink.Dataset;
using Rerank.Sink.Dedup;
using Rerank.Sink.Intake;
using Rerank.Sink.Writing;

namespace Rerank.Sink;

/// <summary>
/// One holding of the dataset, from reading what is there to the last flush. All state is changed by one loop over one bounded channel;
/// whatever goes wrong with the broker ends the session, and the next one begins with the files again.
/// </summary>
internal sealed class SinkSession
{
    private static readonly TimeSpan PauseMessageInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(5);

    private readonly Broker _broker;
    private readonly SinkOptions _options;
    private readonly WriteContext _context;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly KvDocuments _documents;
    private readonly HeldDeliveries _held;
    private readonly UnreadableBatches _unreadable;
    private readonly Backlog _backlog;
    private readonly StreamConfig _scoresStream;
    private readonly Gate _gate = new();
    private readonly Dictionary<string, SinkJob> _jobs = [];

    // Full: the intakes wait, and pull no more.
    private readonly Channel<SinkEvent> _events =
        Channel.CreateBounded<SinkEvent>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private long _pausedAt;
    private long _pauseLoggedAt;
    private TimeSpan _pauseAtLeast;
    private long _progressAt;

    private SinkSession(Broker broker, WriteContext context, KvDocuments documents, StreamConfig scoresStream, ILogger logger)
    {
        _broker = broker;
        _options = context.Options;
        _context = context;
        _time = context.Time;
        _logger = logger;
        _documents = documents;
        _scoresStream = scoresStream;
        _held = new HeldDeliveries(new Acks(broker.Connection), broker.Queue.AckWait, context.Time);
        _unreadable = new UnreadableBatches(broker, context.Dataset, logger);
        _backlog = new Backlog(broker, context.Dataset);
        _progressAt = context.Time.GetTimestamp();
    }

    /// <summary>Opens the dataset for an epoch and tells the jobs' states, which a crash may have kept from being told.</summary>
    public static async Task<SinkSession> OpenAsync(Broker broker, WriteContext context, ILogger logger, CancellationToken cancellationToken)
    {
        await broker.Setup.EnsureStreamsAsync(cancellationToken);
        await ScoresIntake.ReleaseHeldAsync(broker, context.Dataset, cancellationToken);
        var stream = await broker.JetStream.GetStreamAsync(broker.Names.ScoresStream, cancellationToken: cancellationToken);
        var session = new SinkSession(broker, context, await broker.JobsAsync(cancellationToken), stream.Info.Config, logger);
        await session.RecoverAsync(cancellationToken);
        return session;
    }

    /// <summary>Runs until it is asked to stop, then writes what it holds.</summary>
    /// <param name="stopping">Asks for the end.</param>
    /// <param name="lost">The dataset may belong to somebody else: ends at once.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken lost)
    {
        using var intake = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(lost);
        var keepAlive = GuardAsync(_held.KeepAliveAsync, life);
        var intakes = ReadAllAsync(intake);
        try
        {
            await foreach (var next in _events.Reader.ReadAllAsync(lost))
                await HandleAsync(next, lost);
            await WriteEverythingAsync(lost);
        }
        finally
        {
            await intake.CancelAsync();
            await life.CancelAsync();
            await Task.WhenAll(intakes, keepAlive);
            foreach (var job in _jobs.Values)
                await job.Writer.AbandonAsync();
        }
    }

    private async Task ReadAllAsync(CancellationTokenSource intake)
    {
        var scores = new ScoresIntake(_broker, _context.Dataset, _unreadable, _held, _gate, _events.Writer, _time);
        var dead = new DeadIntake(_broker, _context.Dataset, _held, _gate, _events.Writer, _time, _logger);
        var jobs = new JobWatch(_documents, _events.Writer);
        await Task.WhenAll(
            GuardAsync(scores.RunAsync, intake),
            GuardAsync(dead.RunAsync, intake),
            GuardAsync(token => jobs.RunAsync(Names.SpecKey("*"), token), intake),
            GuardAsync(token => jobs.RunAsync(Names.IngestKey("*"), token), intake),
            GuardAsync(TickAsync, intake));
        _events.Writer.TryComplete();
    }

    /// <summary>Runs a part that must not end before the session; its failure is the session's.</summary>
    private async Task GuardAsync(Func<CancellationToken, Task> part, CancellationTokenSource all)
    {
        try
        {
            await part(all.Token);
        }
        catch (OperationCanceledException) when (all.IsCancellationRequested)
        {
            // The session ends.
        }
        catch (Exception e)
        {
            _events.Writer.TryComplete(e);
            await all.CancelAsync();
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await _events.Writer.WriteAsync(new SinkEvent.Tick(), cancellationToken);
    }

    private ValueTask HandleAsync(SinkEvent next, CancellationToken lost) => next switch
    {
        SinkEvent.Scores scores => OnScoresAsync(scores, lost),
        SinkEvent.Letter letter => OnLetterAsync(letter, lost),
        SinkEvent.JobChanged changed => OnJobChangedAsync(changed.Job, lost),
        _ => OnTickAsync(lost),
    };

    private async ValueTask OnScoresAsync(SinkEvent.Scores scores, CancellationToken lost)
    {
        var job = await JobAsync(scores.Batch.Job, lost);
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
        if (job.Writer.Complete && job.IsPublished)
            Reopen(job, "new scores have come");
        await TryWriteAsync(job, () => job.Writer.SpillAsync(lost), lost);
        await FlushWhatIsDueAsync(job, lost);
    }

    private async ValueTask OnLetterAsync(SinkEvent.Letter letter, CancellationToken lost)
    {
        var job = await JobAsync(letter.Content.Job, lost);
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
            Reopen(job, "a dead letter was published again");
        await FlushWhatIsDueAsync(job, lost);
    }

    private async ValueTask OnJobChangedAsync(string name, CancellationToken lost)
    {
        var spec = await _documents.FindAsync(Names.SpecKey(name), WireJson.Default.JobSpec, lost);
        if (spec is { } found && found.Value.Dataset == _context.Dataset && Name.IsValid(name))
            await RefreshAsync(await JobAsync(name, lost), lost);
    }

    private async ValueTask OnTickAsync(CancellationToken lost)
    {
        if (!TryResume())
            return;

        foreach (var job in _jobs.Values)
        {
            // Full or done: a pause kept that flush from being made, and maybe no message comes any more.
            if (job.Writer.HasBuffered
                && (job.Writer.IsFull || job.Writer.WouldBeDone || _time.GetElapsedTime(job.WaitingSince) >= _options.RollAge))
                await FlushAsync(job, lost);
            else if (job.NeedsSave)
                await SaveAsync(job, lost);
            if (job is { Closed: true, IsPublished: true, Writer: { Complete: false, IsRetrying: false } })
                await CompletePublishedAsync(job, lost);
        }

        LogProgress();
    }

    /// <summary>Closes a job's file when it is large, when too much waits for it, or when that completes the job.</summary>
    private async ValueTask FlushWhatIsDueAsync(SinkJob job, CancellationToken lost)
    {
        if (!_gate.IsOpen)
            return;

        if (job.Writer.IsFull || job.Writer.WouldBeDone || job.WaitingMessages >= Half(_scoresStream.MaxMsgsPerSubject))
            await FlushAsync(job, lost);

        if (_jobs.Values.Sum(each => (long)each.WaitingMessages) < _options.MaxHeldMessages
            && _jobs.Values.Sum(each => each.WaitingBytes) < Half(_scoresStream.MaxBytes) / 2)
        {
            return;
        }

        foreach (var each in _jobs.Values.Where(each => each.WaitingMessages > 0))
            await FlushAsync(each, lost);
    }

    private async ValueTask FlushAsync(SinkJob job, CancellationToken lost)
    {
        var rows = job.Writer.BufferedRows;
        if (!await TryWriteAsync(job, async () => await job.Writer.FlushAsync(lost), lost))
            return;
        job.RowsAreDurable();
        Log.Flushed(_logger, job.Writer.Job, rows);
        await SaveAsync(job, lost);
    }

    /// <summary>Brings manifest, then the state in KV up to date, then acknowledges.</summary>
    private async ValueTask SaveAsync(SinkJob job, CancellationToken lost)
    {
        var completed = job.Writer.TryComplete();
        try
        {
            await job.Writer.SaveAsync(lost);
        }
        catch (IOException e)
        {
            // The rows are durable, and the messages wait on: the next tick tries again.
            Pause(e.Message, PauseAfterError);
            return;
        }

        await _documents.PutAsync(Names.SinkKey(job.Writer.Job), job.Writer.ToSinkState(), WireJson.Default.SinkState, lost);
        foreach (var delivery in job.TakeWaitingForState())
            await _held.AckAsync(delivery, lost);
        if (completed)
            LogComplete(job);
    }

    private async ValueTask CompletePublishedAsync(SinkJob job, CancellationToken lost)
    {
        if (job.Writer.HasBuffered)
        {
            if (await _backlog.NoPairsAsync(job.Writer.Job, lost))
                await FlushAsync(job, lost);
            return;
        }

        if (job.NeedsSave || !await _backlog.IsEmptyAsync(job.Writer.Job, lost))
            return;
        job.Writer.MarkComplete();
        await SaveAsync(job, lost);
        LogComplete(job);
    }

    /// <summary>Does what may fail for want of room: waits then, with the rows in memory or, when they are in doubt, given back to the queue.</summary>
    private async ValueTask<bool> TryWriteAsync(SinkJob job, Func<ValueTask> write, CancellationToken lost)
    {
        try
        {
            await write();
            return true;
        }
        catch (NoRoomException e)
        {
            Pause(e.Message, TimeSpan.Zero);
            return false;
        }
        catch (IOException e)
        {
            await job.Writer.AbandonAsync();
            var given = job.TakeWaitingForRows();
            Log.Abandoned(_logger, job.Writer.Job, given.Count, e.Message);
            foreach (var delivery in given)
                await _held.NakAsync(delivery, lost);
            Pause(e.Message, PauseAfterError);
            return false;
        }
    }

    private async Task WriteEverythingAsync(CancellationToken lost)
    {
        _gate.Open();
        foreach (var job in _jobs.Values)
        {
            if (job.Writer.HasBuffered)
                await FlushAsync(job, lost);
            else if (job.NeedsSave)
                await SaveAsync(job, lost);
        }

        // Acks are only queued: without an answer from the broker the connection could close over them.
        await _broker.Connection.PingAsync(lost);
        if (!_jobs.Values.Any(job => job.Writer.HasBuffered || job.NeedsSave))
            Log.Stopped(_logger);
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var recovery = new DatasetRecovery(_context.Folder, _context.Dataset, _context.Epoch, _logger);
        foreach (var recovered in await recovery.ReadAsync(cancellationToken))
        {
            var manifest = recovered.WasRebuilt ? await WithDeadAsync(recovered.Manifest, cancellationToken) : recovered.Manifest;
            var job = new SinkJob(new JobWriter(manifest, _context)) { LoggedRows = manifest.Rows };
            _jobs.Add(manifest.Job, job);
            await RefreshAsync(job, cancellationToken);
            await SaveAsync(job, cancellationToken);
        }
    }

    /// <summary>Dead letters are in no footer; the last state that was told has them, if all the rows that it counted are still there.</summary>
    private async ValueTask<JobManifest> WithDeadAsync(JobManifest manifest, CancellationToken cancellationToken)
    {
        if (await _documents.FindAsync(Names.SinkKey(manifest.Job), WireJson.Default.SinkState, cancellationToken) is not { Value: var state })
            return manifest;
        var dead = LostDead.Find(IntervalSet.Parse(manifest.Written), state);
        return dead is null ? manifest : manifest with { Dead = dead.Count, DeadOrdinals = dead.ToString() };
    }

    private async ValueTask<SinkJob> JobAsync(string name, CancellationToken cancellationToken)
    {
        if (_jobs.TryGetValue(name, out var known))
            return known;
        var job = new SinkJob(new JobWriter(new JobManifest { Job = name, Dataset = _context.Dataset }, _context));
        _jobs.Add(name, job);
        await RefreshAsync(job, cancellationToken);
        return job;
    }

    /// <summary>Takes over what KV says of a job.</summary>
    private async ValueTask RefreshAsync(SinkJob job, CancellationToken cancellationToken)
    {
        var writer = job.Writer;
        if (await _documents.FindAsync(Names.SpecKey(writer.Job), WireJson.Default.JobSpec, cancellationToken) is { Value: var spec }
            && spec.Dataset == _context.Dataset
            && writer.SetSpec(spec) is { Count: > 0 } differences)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage,
                $"The job '{writer.Job}' is not the one that {_context.Folder.ScoresOf(writer.Job)} holds: {string.Join("; ", differences)}. "
                + "Give the new job another name, or write it to another output folder.");
        }

        if (await _documents.FindAsync(Names.IngestKey(writer.Job), WireJson.Default.IngestState, cancellationToken) is not { Value: var ingest })
            return;
        job.Closed = ingest.Closed;
        if (job is { IsPublished: true, Closed: false, Writer.Complete: true })
            Reopen(job, "it was opened again");
        if (ingest.Total is { } total)
            writer.SetTotal(total);
        if (writer.WouldBeDone)
            await FlushAsync(job, cancellationToken);
    }

    private void Reopen(SinkJob job, string reason)
    {
        Log.JobReopened(_logger, job.Writer.Job, reason);
        job.Writer.Reopen();
    }

    private void Pause(string reason, TimeSpan atLeast)
    {
        _gate.Close();
        _pausedAt = _time.GetTimestamp();
        _pauseAtLeast = atLeast;
        if (_pauseLoggedAt != 0 && _time.GetElapsedTime(_pauseLoggedAt) < PauseMessageInterval)
            return;
        _pauseLoggedAt = _time.GetTimestamp();
        Log.Paused(_logger, reason);
    }

    /// <summary>Ends a pause if there is room again; whether the session may write.</summary>
    private bool TryResume()
    {
        if (_gate.IsOpen)
            return true;
        if (_time.GetElapsedTime(_pausedAt) < _pauseAtLeast)
            return false;
        try
        {
            _context.RequireRoom();
        }
        catch (NoRoomException e)
        {
            Pause(e.Message, TimeSpan.Zero);
            return false;
        }

        Log.Resumed(_logger);
        _gate.Open();
        return true;
    }

    private void LogProgress()
    {
        if (_time.GetElapsedTime(_progressAt) < _options.ProgressInterval)
            return;
        _progressAt = _time.GetTimestamp();
        foreach (var job in _jobs.Values.Where(job => job.Writer.WrittenRows + job.Writer.BufferedRows != job.LoggedRows))
        {
            job.LoggedRows = job.Writer.WrittenRows + job.Writer.BufferedRows;
            Log.Progress(_logger, job.Writer.Job, job.Writer.WrittenRows, job.Writer.BufferedRows, job.Writer.DeadLetters);
        }
    }

    private void LogComplete(SinkJob job) =>
        Log.JobComplete(
            _logger, job.Writer.Job, job.Writer.WrittenRows, job.Writer.DeadLetters, _context.Folder.ScoresOf(job.Writer.Job));

    private static long Half(long limit) => limit > 0 ? Math.Max(1, limit / 2) : long.MaxValue;
}
