using NATS.Client.JetStream.Models;

namespace Rerank.Sink.Writing;

/// <summary>When a file is closed. Messages stay in the queue until then, so half of a quota of theirs is as much as may wait.</summary>
/// <param name="options">Age, rows and bytes of a file.</param>
/// <param name="scores">The SCORES stream as it was made, with its quotas.</param>
/// <param name="time">The clock.</param>
internal sealed class FlushPolicy(SinkOptions options, StreamConfig scores, TimeProvider time)
{
    private readonly long _messagesOfJob = Half(scores.MaxMsgsPerSubject);
    private readonly long _bytes = Half(scores.MaxBytes) / 2;

    /// <summary>The file is large, too much waits for it, or closing it completes the job.</summary>
    public bool IsDue(SinkJob job) => job.Writer.IsFull || job.Writer.WouldBeDone || job.WaitingMessages >= _messagesOfJob;

    public bool IsOld(SinkJob job) => job.Writer.HasBuffered && time.GetElapsedTime(job.WaitingSince) >= options.RollAge;

    /// <summary>Too much waits for the files of all jobs together.</summary>
    public bool IsTooMuch(IReadOnlyCollection<SinkJob> jobs) =>
        jobs.Sum(job => (long)job.WaitingMessages) >= options.MaxHeldMessages || jobs.Sum(job => job.WaitingBytes) >= _bytes;

    private static long Half(long limit) => limit > 0 ? Math.Max(1, limit / 2) : long.MaxValue;
}
