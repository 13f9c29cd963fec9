using NATS.Client.Core;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Shared;

public sealed class KvDocumentsTests(SharedServer fixture) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private Broker _broker = null!;
    private KvDocuments _jobs = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await fixture.Server.ConnectAsync(NatsServer.NewNamespace());
        _jobs = await _broker.JobsAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Of_two_that_create_a_key_one_wins()
    {
        (await CreateAsync("a", "1")).ShouldNotBeNull();
        (await CreateAsync("a", "2")).ShouldBeNull();
        (await FindAsync("a"))!.Value.Value.ShouldBe("1");
    }

    [Fact]
    public async Task An_update_at_an_old_revision_changes_nothing()
    {
        var first = (await CreateAsync("a", "1")).ShouldNotBeNull();
        (await UpdateAsync("a", "2", first)).ShouldNotBeNull();
        (await UpdateAsync("a", "3", first)).ShouldBeNull();
        (await FindAsync("a"))!.Value.Value.ShouldBe("2");
    }

    [Fact]
    public async Task A_deleted_key_is_not_there_and_can_be_created_again()
    {
        await CreateAsync("a", "1");
        await _jobs.DeleteAsync("a", Cancellation);

        (await FindAsync("a")).ShouldBeNull();
        (await CreateAsync("a", "2")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_that_never_was_is_not_there() => (await FindAsync("never")).ShouldBeNull();

    [Fact]
    public async Task Keys_are_found_by_filter()
    {
        foreach (var key in new[] { "a.spec", "b.spec", "b.sink" })
            await CreateAsync(key, "x");

        var keys = new List<string>();
        await foreach (var key in _jobs.KeysAsync("*.spec", Cancellation))
            keys.Add(key);

        keys.Order().ShouldBe(["a.spec", "b.spec"]);
    }

    [Fact]
    public async Task A_watch_tells_what_is_there_and_then_what_changes()
    {
        await CreateAsync("a.spec", "x");
        await CreateAsync("a.sink", "x");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        await using var watch = _jobs.WatchKeysAsync("*.spec", timeout.Token).GetAsyncEnumerator(timeout.Token);
        await watch.MoveNextAsync();
        watch.Current.ShouldBe("a.spec");

        await CreateAsync("b.spec", "x");

        await watch.MoveNextAsync();
        watch.Current.ShouldBe("b.spec");
    }

    [Fact]
    public async Task A_bucket_that_is_gone_is_an_error_and_not_an_absent_key()
    {
        await CreateAsync("a", "1");
        await _broker.JetStream.DeleteStreamAsync("KV_" + _broker.Names.JobsBucket, Cancellation);

        await Should.ThrowAsync<NatsException>(async () => await FindAsync("a"));
    }

    private ValueTask<ulong?> CreateAsync(string key, string value) => _jobs.TryCreateAsync(key, value, WireJson.Default.String, Cancellation);

    private ValueTask<ulong?> UpdateAsync(string key, string value, ulong revision) =>
        _jobs.TryUpdateAsync(key, value, revision, WireJson.Default.String, Cancellation);

    private ValueTask<KvEntry<string>?> FindAsync(string key) => _jobs.FindAsync(key, WireJson.Default.String, Cancellation);
}
