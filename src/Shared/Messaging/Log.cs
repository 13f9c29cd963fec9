using Microsoft.Extensions.Logging;

namespace Rerank.Shared.Messaging;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Debug, "Publishing waits (try {Attempt}): {Reason}")]
    internal static partial void PublishWaits(ILogger logger, int attempt, string reason);

    [LoggerMessage(101, LogLevel.Warning, "The lease {Key} could not be renewed: {Reason}")]
    internal static partial void LeaseNotRenewed(ILogger logger, string key, string reason);
}
