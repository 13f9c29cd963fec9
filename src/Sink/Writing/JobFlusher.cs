using Microsoft.Extensions.Logging;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;
using Rerank.Shared.Topology;
using Rerank.Sink.Dataset;

namespace Rerank.Sink.Writing;

/// <summary>
/// Makes durable what a job has taken, in this order: files, manifest, the state in KV, acks. What the disk refuses begins a pause.
/// </summary>
internal sealed class JobFlusher(WriteContext context, KvDocuments documents, HeldDeliveries held, WritePause pause, ILogger logger)
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(5);

    /// <summary>Writes row groups that are full.</summary>
    public async ValueTask SpillAsync(SinkJob job, CancellationToken lost) =>
        await TryWriteAsync(job, () => job.Writer.SpillAsync(lost), lost);

    /// <summary>Closes the job's files and saves.</summary>
    public async ValueTask FlushAsync(SinkJob job, CancellationToken lost)
    {
        var rows = job.Writer.BufferedRows;
        var began = context.Time.GetTimestamp();
        if (!await TryWriteAsync(job, async () => await job.Writer.FlushAsync(lost), lost))
            return;
        Instruments.SinkFlushDuration.Record(context.Time.GetElapsedTime(began).TotalSeconds);
        Instruments.SinkRows.Add(rows, Instruments.OfJob(job.Writer.Job));
        job.RowsAreDurable(context.Time.GetUnixMicroseconds());
        Log.Flushed(logger, job.Writer.Job, rows);
        await SaveAsync(job, lost);
    }

    /// <summary>Brings the manifest, then the state in KV up to date, then acknowledges.</summary>
    public async ValueTask SaveAsync(SinkJob job, CancellationToken lost)
    {
        if (job.Writer.TryComplete())
            job.CompletionIsUntold = true;
        try
        {
            await job.Writer.SaveAsync(lost);
        }
        catch (IOException e)
        {
            // The rows are durable, and the messages wait on: the next tick tries again.
            pause.Begin(e.Message, PauseAfterError);
            return;
        }

        await documents.PutAsync(Names.SinkKey(job.Writer.Job), job.Writer.ToSinkState(), WireJson.Default.SinkState, lost);
        foreach (var delivery in job.TakeWaitingForState())
            await held.AckAsync(delivery, lost);
        if (job is { CompletionIsUntold: true, Writer.Complete: true })
            LogComplete(job);
        job.CompletionIsUntold = false;
    }

    /// <summary>Completes a job of which nothing is left anywhere.</summary>
    public async ValueTask CompleteAsync(SinkJob job, CancellationToken lost)
    {
        job.Writer.MarkComplete();
        job.CompletionIsUntold = true;
        await SaveAsync(job, lost);
    }

    /// <summary>Waits for room with the rows in memory or, when they are in doubt, given back to the queue.</summary>
    private async ValueTask<bool> TryWriteAsync(SinkJob job, Func<ValueTask> write, CancellationToken lost)
    {
        try
        {
            await write();
            return true;
        }
        catch (NoRoomException e)
        {
            pause.Begin(e.Message, TimeSpan.Zero);
            return false;
        }
        catch (IOException e)
        {
            await job.Writer.AbandonAsync();
            var given = job.TakeWaitingForRows();
            Log.Abandoned(logger, job.Writer.Job, given.Count, e.Message);
            foreach (var delivery in given)
                await held.NakAsync(delivery, lost);
            pause.Begin(e.Message, PauseAfterError);
            return false;
        }
    }

    private void LogComplete(SinkJob job) =>
        Log.JobComplete(
            logger, job.Writer.Job, job.Writer.WrittenRows, job.Writer.DeadLetters, context.Folder.ScoresOf(job.Writer.Job));
}
