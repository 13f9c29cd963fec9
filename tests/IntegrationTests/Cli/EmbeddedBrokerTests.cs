using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Cli.Embedded;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Cli;

public sealed class EmbeddedBrokerTests
{
    [Fact]
    public async Task The_server_ends_when_it_is_disposed_and_its_store_stays()
    {
        using var folder = TemporaryFolder.Create();
        var embedded = await StartAsync(folder);
        var pid = embedded.ProcessId;
        File.Exists(folder.File(".rerank/broker.json")).ShouldBeTrue();

        await embedded.DisposeAsync();

        Processes.IsAlive(pid).ShouldBeFalse();
        Directory.Exists(folder.File(".rerank/nats")).ShouldBeTrue();
        File.Exists(folder.File(".rerank/nats.pid")).ShouldBeFalse();
        File.Exists(folder.File(".rerank/broker.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_removed_broker_leaves_nothing_in_the_dataset()
    {
        using var folder = TemporaryFolder.Create();
        await using var embedded = await StartAsync(folder);

        await embedded.RemoveAsync();

        Directory.EnumerateFileSystemEntries(folder.File(".rerank")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_start_has_the_messages_of_the_first_but_not_its_consumers_and_leases()
    {
        using var folder = TemporaryFolder.Create();
        await using (var first = await StartAsync(folder))
        {
            await using var broker = await ConnectAsync(first);
            await broker.Setup.EnsurePairsConsumerAsync("job", TestContext.Current.CancellationToken);
            await broker.Publisher.PublishAsync(broker.Names.PairsSubject("job"), "{}"u8.ToArray(), "1", headers: null, TestContext.Current.CancellationToken);
            (await Lease.TryTakeAsync(broker, "sink-x", "gone", NullLogger.Instance, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        }

        await using var second = await StartAsync(folder);
        second.Resumed.ShouldBeTrue();
        await using var again = await ConnectAsync(second);
        await FormerState.ClearAsync(again, TestContext.Current.CancellationToken);

        var pairs = await again.JetStream.GetStreamAsync(again.Names.PairsStream, cancellationToken: TestContext.Current.CancellationToken);
        pairs.Info.State.Messages.ShouldBe(1);
        pairs.Info.State.ConsumerCount.ShouldBe(0);
        (await Lease.HolderAsync(again, "sink-x", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_is_killed_fails_the_run_with_its_log()
    {
        using var folder = TemporaryFolder.Create();
        await using var embedded = await StartAsync(folder);
        var watching = embedded.FailWhenEndedAsync(TestContext.Current.CancellationToken);

        Process.GetProcessById(embedded.ProcessId).Kill();

        var failure = await Should.ThrowAsync<StageFailedException>(() => watching);
        failure.ExitCode.ShouldBe(ExitCode.Failed);
        failure.Message.ShouldContain("Server is ready");
    }

    [Fact]
    public async Task A_server_that_cannot_start_is_reported_with_its_log()
    {
        using var folder = TemporaryFolder.Create();
        Directory.CreateDirectory(folder.File(".rerank/nats"));
        await File.WriteAllTextAsync(
            folder.File(".rerank/nats/jetstream"), "a file where the server wants a folder", TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<StageFailedException>(() => StartAsync(folder));

        failure.ExitCode.ShouldBe(ExitCode.Failed);
        failure.Message.ShouldContain("nats.log");
        failure.Message.ShouldContain("storage", Case.Insensitive);
    }

    [Fact]
    public async Task A_dataset_that_another_process_works_on_is_refused()
    {
        using var folder = TemporaryFolder.Create();
        await using var embedded = await StartAsync(folder);

        var failure = await Should.ThrowAsync<StageFailedException>(() => StartAsync(folder));

        failure.Message.ShouldContain(folder.Path);
        Processes.IsAlive(embedded.ProcessId).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_with_spaces_and_quotes_in_its_name_works()
    {
        using var folder = TemporaryFolder.Create();

        await using var embedded = await EmbeddedBroker.StartAsync(folder.File("it's a \"set\" $HOME"), TimeProvider.System, TestContext.Current.CancellationToken);

        Processes.IsAlive(embedded.ProcessId).ShouldBeTrue();
    }

    private static Task<EmbeddedBroker> StartAsync(TemporaryFolder folder) =>
        EmbeddedBroker.StartAsync(folder.Path, TimeProvider.System, TestContext.Current.CancellationToken);

    private static Task<Broker> ConnectAsync(EmbeddedBroker embedded) =>
        Broker.ConnectAsync(
            new NatsOptions { Url = embedded.Url },
            new QueueOptions { MaxBytes = embedded.StreamBytes },
            "test",
            NullLoggerFactory.Instance,
            TimeProvider.System,
            TestContext.Current.CancellationToken);
}
