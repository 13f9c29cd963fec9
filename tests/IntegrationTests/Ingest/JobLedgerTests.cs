using Rerank.Ingest.Jobs;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Ingest;

public sealed class JobLedgerTests(SharedServer fixture) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private Broker _broker = null!;
    private JobLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await fixture.Server.ConnectAsync(NatsServer.NewNamespace());
        _ledger = await JobLedger.OpenAsync(_broker, Cancellation);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task An_opened_job_takes_pairs_of_others_and_counts_them_as_pending()
    {
        var subject = await _ledger.OpenPublishedAsync("log", "set", "m", 128, Cancellation);
        await _broker.Connection.PublishAsync(subject, "{}"u8.ToArray(), cancellationToken: Cancellation);
        await _broker.Connection.PingAsync(Cancellation);

        var job = (await _ledger.FindAsync("log", Cancellation)).ShouldNotBeNull();

        job.Spec.ShouldBe(new JobSpec("log", JobKind.Published, "set", "m", 128, null, Rerank.Shared.ToolVersion.Text));
        job.Lag.ShouldBe(new QueueLag(Pending: 1, AckPending: 0));
        job.Ingest.ShouldNotBeNull().Closed.ShouldBeFalse();
        (job.Sink, job.Model).ShouldBe((null, null));
    }

    [Fact]
    public async Task Opening_and_closing_can_be_repeated_but_a_closed_job_stays_closed()
    {
        await _ledger.OpenPublishedAsync("log", "set", "m", 128, Cancellation);
        await _ledger.OpenPublishedAsync("log", "set", "m", 128, Cancellation);
        await _ledger.ClosePublishedAsync("log", Cancellation);
        await _ledger.ClosePublishedAsync("log", Cancellation);

        (await _ledger.FindAsync("log", Cancellation))!.Ingest!.Closed.ShouldBeTrue();
        var refused = await Should.ThrowAsync<StageFailedException>(() => _ledger.OpenPublishedAsync("log", "set", "m", 128, Cancellation));
        refused.Message.ShouldContain("has been closed");
    }

    [Fact]
    public async Task A_job_that_exists_as_another_one_is_refused()
    {
        await _ledger.OpenPublishedAsync("log", "set", "m", 128, Cancellation);

        var refused = await Should.ThrowAsync<StageFailedException>(() => _ledger.OpenPublishedAsync("log", "set", "n", 256, Cancellation));

        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Message.ShouldContain("model is 'n', the job has 'm'");
        refused.Message.ShouldContain("max length is '256', the job has '128'");
    }

    [Theory]
    [InlineData("a.b", "set")]
    [InlineData("log", "*")]
    public async Task A_name_that_would_not_be_safe_is_refused(string job, string dataset) =>
        (await Should.ThrowAsync<StageFailedException>(() => _ledger.OpenPublishedAsync(job, dataset, "m", 128, Cancellation)))
            .ExitCode.ShouldBe(ExitCode.WrongUsage);

    [Fact]
    public async Task A_job_that_is_not_there_cannot_be_closed_or_found()
    {
        (await Should.ThrowAsync<StageFailedException>(() => _ledger.ClosePublishedAsync("nothing", Cancellation))).ExitCode.ShouldBe(ExitCode.WrongUsage);
        (await _ledger.FindAsync("nothing", Cancellation)).ShouldBeNull();
        (await _ledger.FindAsync("no.name", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Jobs_are_listed_by_name()
    {
        (await ListAsync()).ShouldBeEmpty();
        foreach (var job in new[] { "b", "a", "c" })
            await _ledger.OpenPublishedAsync(job, "set", "m", 128, Cancellation);

        (await ListAsync()).ShouldBe(["a", "b", "c"]);
    }

    private async Task<List<string>> ListAsync()
    {
        var jobs = new List<string>();
        await foreach (var job in _ledger.ListAsync(Cancellation))
            jobs.Add(job.Spec.Job);
        return jobs;
    }
}
