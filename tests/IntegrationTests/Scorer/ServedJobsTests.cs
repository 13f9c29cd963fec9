using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Scorer.Models;
using Rerank.Scorer.Pulling;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Scorer;

public sealed class ServedJobsTests
{
    private readonly TaskCompletionSource _pulled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_puller_that_fails_ends_the_scorer_instead_of_leaving_its_job_standing()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("good");
        await harness.OpenJobAsync("bad");
        var jobs = await harness.Broker.JobsAsync(TestContext.Current.CancellationToken);
        var served = new ServedJobs(
            harness.Broker, jobs, ModelFolder.Open("builtin:lexical"), 64, TimeProvider.System, NullLogger.Instance);

        var running = served.RunAsync(
            async (job, token) =>
            {
                if (job.Name == "bad")
                    throw new InvalidOperationException("a fault");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
            TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<InvalidOperationException>(() => running.WaitAsync(TimeSpan.FromMinutes(1)))).Message.ShouldBe("a fault");
    }

    [Fact]
    public async Task A_job_for_another_model_is_told_once_however_often_its_sink_saves()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("other", model: "another");
        var jobs = await harness.Broker.JobsAsync(TestContext.Current.CancellationToken);
        var log = new RecordedLog();

        await using (Run(harness, jobs, log))
        {
            for (var rows = 1; rows <= 3; rows++)
                await jobs.PutAsync(Names.SinkKey("other"), new SinkState("", rows, 0, false, "/out"), WireJson.Default.SinkState, Cancellation);
            await harness.OpenJobAsync("last");
            await _pulled.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        log.Entries.Count(entry => entry.Text.Contains("asks for model another", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_spec_that_cannot_be_read_is_told_and_the_other_jobs_are_served()
    {
        await using var harness = await ScorerHarness.StartAsync();
        var jobs = await harness.Broker.JobsAsync(TestContext.Current.CancellationToken);
        await jobs.PutAsync(Names.SpecKey("broken"), "no spec", WireJson.Default.String, Cancellation);
        var log = new RecordedLog();

        await using (Run(harness, jobs, log))
        {
            await harness.OpenJobAsync("last");
            await _pulled.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        log.Entries.ShouldContain(entry => entry.Text.Contains("broken.spec", StringComparison.Ordinal));
    }

    /// <summary>Serves jobs until it is disposed; <see cref="_pulled"/> completes when that named <c>last</c> is.</summary>
    private Serving Run(ScorerHarness harness, KvDocuments jobs, RecordedLog log)
    {
        var served = new ServedJobs(harness.Broker, jobs, ModelFolder.Open("builtin:lexical"), 64, TimeProvider.System, log);
        var stop = new CancellationTokenSource();
        var running = served.RunAsync(
            async (job, token) =>
            {
                if (job.Name == "last")
                    _pulled.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
            stop.Token);
        return new Serving(stop, running);
    }

    private sealed record Serving(CancellationTokenSource Stop, Task Running) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => Running);
            Stop.Dispose();
        }
    }
}
