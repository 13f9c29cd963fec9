using Microsoft.Extensions.Logging;
using Rerank.Shared.Messaging;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class ConnectionLogTests
{
    [Fact]
    public void What_the_client_logs_has_no_stack_trace_and_counts_from_the_first_connection_on()
    {
        var told = new RecordedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(told));
        using var log = new ConnectionLog(loggers);
        var client = log.CreateLogger("NATS.Client.Core.NatsConnection");
        var failure = new InvalidOperationException("outer", new IOException("no route"));

        client.Log(LogLevel.Error, default, "before", failure, (text, _) => text);
        log.Connected();
        client.Log(LogLevel.Error, default, "after", failure, (text, _) => text);

        told.Entries.ShouldHaveSingleItem().ShouldBe((LogLevel.Error, "after (no route)", null));
    }
}
