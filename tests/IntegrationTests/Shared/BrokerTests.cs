using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Shared;

public sealed class BrokerTests
{
    [Fact]
    public async Task Where_nobody_answers_the_message_names_the_url_and_the_setting()
    {
        var failure = await Should.ThrowAsync<BrokerUnavailableException>(() => ConnectAsync("nats://127.0.0.1:1", new QueueOptions()));

        failure.Message.ShouldContain("nats://127.0.0.1:1");
        failure.Message.ShouldContain("Nats__Url");
    }

    [Fact]
    public async Task While_nobody_answers_one_line_names_the_url_and_the_fix_and_there_is_no_stack_trace()
    {
        var log = new RecordedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));

        await Should.ThrowAsync<BrokerUnavailableException>(() => ConnectAsync(
            "nats://127.0.0.1:1", new QueueOptions(), TimeSpan.FromSeconds(1), loggers));

        var (_, text, exception) = log.Entries.ShouldHaveSingleItem();
        text.ShouldContain("nats://127.0.0.1:1");
        text.ShouldContain("nats-server -js");
        exception.ShouldBeNull();
    }

    [Fact]
    public async Task A_server_without_room_for_the_streams_is_named_with_the_setting_that_asks_for_it()
    {
        await using var server = await NatsServer.StartAsync("jetstream { max_file_store: 10MB }");

        var failure = await Should.ThrowAsync<BrokerUnavailableException>(() => ConnectAsync(server.Url, new QueueOptions()));

        failure.Message.ShouldContain("1,073,741,824 bytes");
        failure.Message.ShouldContain("Queue__MaxBytes");
    }

    [Fact]
    public async Task A_server_that_wants_another_password_is_named()
    {
        await using var server = await NatsServer.StartAsync("authorization { user: a, password: b }");

        var failure = await Should.ThrowAsync<BrokerUnavailableException>(() => ConnectAsync(server.Url, new QueueOptions(), TimeSpan.FromHours(1)));

        failure.Message.ShouldContain(server.Url);
        failure.Message.ShouldContain("refuses these credentials");
    }

    [Fact]
    public async Task Connecting_waits_for_a_server_that_starts_later()
    {
        await using var server = await NatsServer.StartAsync();
        await server.KillAsync();
        var connecting = ConnectAsync(server.Url, new QueueOptions { MaxBytes = 1 << 20 }, TimeSpan.FromSeconds(60));

        await server.RestartAsync();

        await using var broker = await connecting;
        broker.Connection.ServerInfo.ShouldNotBeNull();
    }

    private static Task<Broker> ConnectAsync(
        string url, QueueOptions queue, TimeSpan patience = default, ILoggerFactory? loggers = null) => Broker.ConnectAsync(
        new NatsOptions { Url = url, Namespace = NatsServer.NewNamespace(), ConnectTimeout = patience },
        queue,
        "test",
        loggers ?? NullLoggerFactory.Instance,
        TimeProvider.System,
        TestContext.Current.CancellationToken);
}
