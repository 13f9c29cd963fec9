using Microsoft.Extensions.Logging;

namespace Rerank.Shared.Hosting;

internal static partial class Log
{
    internal const int StageFailedId = 110;

    [LoggerMessage(StageFailedId, LogLevel.Error, "{Message}")]
    internal static partial void StageFailed(ILogger logger, string message);

    [LoggerMessage(111, LogLevel.Critical, "The stage ended by a fault")]
    internal static partial void StageFaulted(ILogger logger, Exception fault);
}
