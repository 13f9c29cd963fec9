using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Shared;

public sealed class LeaseTests : IAsyncLifetime
{
    private const string Key = "sink-test";
    private NatsServer _server = null!;
    private Broker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await NatsServer.StartAsync();
        var queue = new QueueOptions { MaxBytes = 1 << 20, LeaseAge = TimeSpan.FromSeconds(2) };
        _broker = await _server.ConnectAsync(NatsServer.NewNamespace(), queue);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_that_is_held_is_refused_to_others_and_free_when_it_is_given_back()
    {
        var held = (await TakeAsync("first")).ShouldNotBeNull();
        (await TakeAsync("second")).ShouldBeNull();
        (await Lease.HolderAsync(_broker, Key, Cancellation)).ShouldBe("first");

        await held.DisposeAsync();

        await using var next = (await TakeAsync("second")).ShouldNotBeNull();
        (await Lease.HolderAsync(_broker, Key, Cancellation)).ShouldBe("second");
    }

    [Fact]
    public async Task A_lease_is_renewed_for_longer_than_its_age()
    {
        await using var held = (await TakeAsync("first")).ShouldNotBeNull();
        var live = await _broker.LiveAsync(Cancellation);
        var first = await live.FindAsync(Key, WireJson.Default.String, Cancellation);

        // Renewed at a sixth of its age: ten renewals are more than its age.
        await Poll.UntilAsync(
            async () => (await live.FindAsync(Key, WireJson.Default.String, Cancellation))!.Value.Revision >= first!.Value.Revision + 10,
            Cancellation);

        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_lease_whose_holder_has_ended_is_taken_over_at_once_where_that_can_be_known()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells processes apart well enough; elsewhere the lease expires.");
        using var process = Process.Start("true");
        await process.WaitForExitAsync(Cancellation);
        var ended = LeaseHolder.Current.Replace($"process {Environment.ProcessId}", $"process {process.Id}", StringComparison.Ordinal);
        var live = await _broker.LiveAsync(Cancellation);
        await live.TryCreateAsync(Key, ended, WireJson.Default.String, Cancellation);

        await using var taken = (await TakeAsync(LeaseHolder.Current)).ShouldNotBeNull();

        (await Lease.HolderAsync(_broker, Key, Cancellation)).ShouldBe(LeaseHolder.Current);
    }

    [Fact]
    public async Task A_lease_that_cannot_be_renewed_is_lost()
    {
        await using var held = (await TakeAsync("first")).ShouldNotBeNull();
        var lost = new TaskCompletionSource();
        await using var registration = held.Lost.Register(lost.SetResult);

        await _server.KillAsync();

        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await _server.RestartAsync();
    }

    [Fact]
    public async Task A_lease_that_somebody_else_has_taken_is_lost_and_not_deleted()
    {
        var held = (await TakeAsync("first")).ShouldNotBeNull();
        var lost = new TaskCompletionSource();
        await using var registration = held.Lost.Register(lost.SetResult);
        var live = await _broker.LiveAsync(Cancellation);

        await live.PutAsync(Key, "second", WireJson.Default.String, Cancellation);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await live.PutAsync(Key, "second", WireJson.Default.String, Cancellation);
        await held.DisposeAsync();

        (await Lease.HolderAsync(_broker, Key, Cancellation)).ShouldBe("second");
    }

    private Task<Lease?> TakeAsync(string holder) => Lease.TryTakeAsync(_broker, Key, holder, NullLogger.Instance, Cancellation);
}
