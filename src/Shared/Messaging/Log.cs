using Microsoft.Extensions.Logging;

namespace Rerank.Shared.Messaging;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Debug, "Publishing waits (try {Attempt}): {Reason}")]
    internal static partial void PublishWaits(ILogger logger, int attempt, string reason);

    [LoggerMessage(101, LogLevel.Warning, "The lease {Key} could not be renewed: {Reason}")]
    internal static partial void LeaseNotRenewed(ILogger logger, string key, string reason);

    [LoggerMessage(102, LogLevel.Warning, "No NATS server answers at {Url} ({Reason}); trying for {Patience}. Start one (nats-server -js) or set Nats__Url")]
    internal static partial void NobodyAnswers(ILogger logger, string url, string reason, TimeSpan patience);
}
