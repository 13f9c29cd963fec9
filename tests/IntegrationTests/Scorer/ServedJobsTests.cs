using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Scorer.Models;
using Rerank.Scorer.Pulling;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Scorer;

public sealed class ServedJobsTests
{
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
}
