using NATS.Client.Core;
using NATS.Client.JetStream.Models;
using Rerank.Shared.Topology;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Shared;

public sealed class StreamPublisherTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_subject_is_waited_out_and_does_not_block_another()
    {
        await using var broker = await fixture.Server.ConnectAsync(
            NatsServer.NewNamespace(), new QueueOptions { MaxBytes = 1 << 20, MaxMessagesPerJob = 1 });
        var (full, other) = (broker.Names.PairsSubject("full"), broker.Names.PairsSubject("other"));
        await broker.Publisher.PublishAsync(full, "1"u8.ToArray(), "1", headers: null, Cancellation);

        var waiting = broker.Publisher.PublishAsync(full, "2"u8.ToArray(), "2", headers: null, Cancellation).AsTask();
        await Poll.UntilAsync(() => Task.FromResult(broker.Publisher.Waiting is not null), Cancellation);
        await broker.Publisher.PublishAsync(other, "3"u8.ToArray(), "3", headers: null, Cancellation);

        broker.Publisher.Waiting.ShouldBe("maximum messages per subject exceeded");
        waiting.IsCompleted.ShouldBeFalse();
        await broker.JetStream.PurgeStreamAsync(broker.Names.PairsStream, new StreamPurgeRequest { Filter = full }, Cancellation);
        (await waiting).Seq.ShouldBe(3UL);
        broker.Publisher.Waiting.ShouldBeNull();
    }

    [Fact]
    public async Task Waiting_ends_by_cancellation()
    {
        await using var broker = await fixture.Server.ConnectAsync(
            NatsServer.NewNamespace(), new QueueOptions { MaxBytes = 1 << 20, MaxMessagesPerJob = 1 });
        var subject = broker.Names.PairsSubject("full");
        await broker.Publisher.PublishAsync(subject, "1"u8.ToArray(), "1", headers: null, Cancellation);
        using var enough = new CancellationTokenSource();

        var waiting = broker.Publisher.PublishAsync(subject, "2"u8.ToArray(), "2", headers: null, enough.Token).AsTask();
        await enough.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_same_id_is_stored_once_and_the_callers_headers_stay_its_own()
    {
        await using var broker = await fixture.Server.ConnectAsync(NatsServer.NewNamespace());
        var subject = broker.Names.PairsSubject("job");
        var headers = new NatsHeaders { [PairHeaders.Ordinal] = "7" };

        var first = await broker.Publisher.PublishAsync(subject, "1"u8.ToArray(), "id", headers, Cancellation);
        var second = await broker.Publisher.PublishAsync(subject, "1"u8.ToArray(), "id", headers, Cancellation);

        (second.Seq, second.Duplicate).ShouldBe((first.Seq, true));
        headers.Keys.ShouldBe([PairHeaders.Ordinal]);
        var consumer = await broker.Setup.EnsurePairsConsumerAsync("job", Cancellation);
        var message = await consumer.NextAsync<byte[]>(cancellationToken: Cancellation);
        message!.Headers![PairHeaders.Ordinal].ToString().ShouldBe("7");
    }

    [Fact]
    public async Task A_payload_over_the_servers_limit_is_an_error_at_once()
    {
        await using var broker = await fixture.Server.ConnectAsync(NatsServer.NewNamespace());

        await Should.ThrowAsync<NatsPayloadTooLargeException>(async () => await broker.Publisher.PublishAsync(
            broker.Names.PairsSubject("job"), new byte[2 << 20], "id", headers: null, Cancellation));
    }

    [Fact]
    public async Task A_server_that_is_away_is_waited_for()
    {
        await using var server = await NatsServer.StartAsync();
        await using var broker = await server.ConnectAsync(NatsServer.NewNamespace());
        await server.KillAsync();
        var publishing = Enumerable.Range(0, 50)
            .Select(i => broker.Publisher.PublishAsync(broker.Names.PairsSubject("job"), "x"u8.ToArray(), $"{i}", headers: null, Cancellation).AsTask())
            .ToArray();

        await server.RestartAsync();

        (await Task.WhenAll(publishing)).Select(ack => ack.Seq).ShouldBeUnique();
    }
}
