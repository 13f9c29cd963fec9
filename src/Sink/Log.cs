using Microsoft.Extensions.Logging;

namespace Rerank.Sink;

internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Information, "Writing dataset {Dataset} to {Output}")]
    internal static partial void Started(ILogger logger, string dataset, string output);

    [LoggerMessage(401, LogLevel.Information, "The dataset {Dataset} is held by {Holder}; waiting up to {Patience} for it")]
    internal static partial void LeaseHeld(ILogger logger, string dataset, string holder, TimeSpan patience);

    [LoggerMessage(402, LogLevel.Warning, "Stopped writing, {Reason}; what was not durable will be delivered again")]
    internal static partial void SessionEnded(ILogger logger, string reason);

    [LoggerMessage(403, LogLevel.Information, "{Job}: {Rows} rows written, {Waiting} waiting for their file, {Dead} dead")]
    internal static partial void Progress(ILogger logger, string job, long rows, long waiting, long dead);

    [LoggerMessage(404, LogLevel.Information, "{Job} is complete: {Rows} rows, {Dead} dead letters, in {Folder}")]
    internal static partial void JobComplete(ILogger logger, string job, long rows, long dead, string folder);

    [LoggerMessage(405, LogLevel.Information, "{Job} is not complete any more: {Reason}")]
    internal static partial void JobReopened(ILogger logger, string job, string reason);

    [LoggerMessage(406, LogLevel.Warning, "Paused: {Reason} Nothing is lost; it goes on when there is room")]
    internal static partial void Paused(ILogger logger, string reason);

    [LoggerMessage(407, LogLevel.Information, "Going on")]
    internal static partial void Resumed(ILogger logger);

    [LoggerMessage(408, LogLevel.Warning, "{Job}: the scored batch {Sequence} cannot be used and is copied to the dead letters: {Reason}")]
    internal static partial void BatchUnreadable(ILogger logger, string job, ulong sequence, string reason);

    [LoggerMessage(409, LogLevel.Warning, "{Subject}: the dead letter {Sequence} cannot be read and is skipped")]
    internal static partial void LetterUnreadable(ILogger logger, string subject, ulong sequence);

    [LoggerMessage(410, LogLevel.Warning, "{Job}: the manifest lists {Path}, which is gone or changed; reading all footers again")]
    internal static partial void FileMissing(ILogger logger, string job, string path);

    [LoggerMessage(411, LogLevel.Warning, "{Job}: no manifest; made again from the footers of {Files} files")]
    internal static partial void ManifestRebuilt(ILogger logger, string job, int files);

    [LoggerMessage(412, LogLevel.Warning, "{Path} is no file of this dataset (no footer of ours) and is left alone; readers of the folder will see it")]
    internal static partial void StrayFile(ILogger logger, string path);

    [LoggerMessage(413, LogLevel.Warning, "{Job}: {Path} repeats rows of other files; a copy? Readers will see them twice")]
    internal static partial void OrdinalsTwice(ILogger logger, string job, string path);

    [LoggerMessage(414, LogLevel.Information, "{Job}: {Path} is removed: its scores were never written, and will come again")]
    internal static partial void TimingsSetAside(ILogger logger, string job, string path);

    [LoggerMessage(415, LogLevel.Warning, "{Job}: writing failed, {Messages} messages are given back: {Reason}")]
    internal static partial void Abandoned(ILogger logger, string job, int messages, string reason);

    [LoggerMessage(416, LogLevel.Information, "Stopped; everything received is written")]
    internal static partial void Stopped(ILogger logger);

    [LoggerMessage(417, LogLevel.Debug, "{Job}: a file of {Rows} rows is in place")]
    internal static partial void Flushed(ILogger logger, string job, long rows);
}
