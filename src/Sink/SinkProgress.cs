using Microsoft.Extensions.Logging;

namespace Rerank.Sink;

/// <summary>A line a job now and then, if its rows have become more.</summary>
internal sealed class SinkProgress(TimeSpan interval, TimeProvider time, ILogger logger)
{
    private long _toldAt = time.GetTimestamp();

    public void TellIfDue(IEnumerable<SinkJob> jobs)
    {
        if (time.GetElapsedTime(_toldAt) < interval)
            return;
        _toldAt = time.GetTimestamp();
        foreach (var job in jobs.Where(job => job.Writer.WrittenRows + job.Writer.BufferedRows != job.LoggedRows))
        {
            job.LoggedRows = job.Writer.WrittenRows + job.Writer.BufferedRows;
            Log.Progress(logger, job.Writer.Job, job.Writer.WrittenRows, job.Writer.BufferedRows, job.Writer.DeadLetters);
        }
    }
}
