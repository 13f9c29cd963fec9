using Microsoft.Extensions.Logging;

namespace Rerank.Ingest;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information, "Job {Job}: {Source} for dataset {Dataset}, model {Model}")]
    internal static partial void JobStarts(ILogger logger, string job, string source, string dataset, string model);

    [LoggerMessage(201, LogLevel.Information, "Job {Job}: resumes after {Ordinal:N0} records")]
    internal static partial void JobResumes(ILogger logger, string job, long ordinal);

    [LoggerMessage(202, LogLevel.Information, "Job {Job}: already complete: {Rows:N0} rows, {Dead:N0} dead letters, in {Output}")]
    internal static partial void AlreadyComplete(ILogger logger, string job, long rows, long dead, string output);

    [LoggerMessage(203, LogLevel.Information, "Job {Job}: published {Records:N0} records, {Bad:N0} bad{Waiting}")]
    internal static partial void Publishing(ILogger logger, string job, long records, long bad, string waiting);

    [LoggerMessage(204, LogLevel.Information, "Job {Job}: the source has ended; {Total:N0} records, {Bad:N0} bad; waiting for their scores")]
    internal static partial void SourceEnded(ILogger logger, string job, long total, long bad);

    [LoggerMessage(205, LogLevel.Information, "Job {Job}: {Done:N0} of {Total:N0} done")]
    internal static partial void Waiting(ILogger logger, string job, long done, long total);

    [LoggerMessage(206, LogLevel.Warning, "Job {Job}: nothing is queued but {Missing:N0} of {Total:N0} are missing; they are published again")]
    internal static partial void Missing(ILogger logger, string job, long missing, long total);

    [LoggerMessage(207, LogLevel.Information, "Job {Job}: complete: {Rows:N0} rows, {Dead:N0} dead letters, in {Output}")]
    internal static partial void Complete(ILogger logger, string job, long rows, long dead, string output);

    [LoggerMessage(208, LogLevel.Warning, "Job {Job}: no record of {Source} is a pair: {Guess}")]
    internal static partial void NoPairs(ILogger logger, string job, string source, string guess);

    [LoggerMessage(209, LogLevel.Information, "Job {Job}: {Holder} is ingesting it; waiting until that ends or is known to be gone")]
    internal static partial void LeaseHeld(ILogger logger, string job, string holder);

    [LoggerMessage(210, LogLevel.Warning, "Job {Job}: the lease was lost while the broker was away; taking it again")]
    internal static partial void LeaseLost(ILogger logger, string job);
}
