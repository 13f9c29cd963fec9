using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Pipeline;

public sealed class SharingTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pipelines_in_two_namespaces_of_one_server_do_not_disturb_each_other()
    {
        await using var one = await Stages.StartAsync(shared.Server, Cancelled);
        await using var other = await Stages.StartAsync(shared.Server, Cancelled);

        // The same job and dataset names on purpose.
        var codes = await Task.WhenAll(
            one.IngestAsync(one.WriteSource("one", 400), "job", Cancelled),
            other.IngestAsync(other.WriteSource("other", 300), "job", Cancelled));

        codes.ShouldBe([ExitCode.Done, ExitCode.Done]);
        one.Ids("job").ShouldBe(Stages.ExpectedIds("one", 400));
        other.Ids("job").ShouldBe(Stages.ExpectedIds("other", 300));
    }

    [Fact]
    public async Task Two_jobs_into_one_dataset_do_not_disturb_each_other()
    {
        await using var stages = await Stages.StartAsync(shared.Server, Cancelled);

        var codes = await Task.WhenAll(
            stages.IngestAsync(stages.WriteSource("long", 1_000), "long", Cancelled),
            stages.IngestAsync(stages.WriteSource("short", 50), "short", Cancelled));

        codes.ShouldBe([ExitCode.Done, ExitCode.Done]);
        stages.Ids("long").ShouldBe(Stages.ExpectedIds("long", 1_000));
        stages.Ids("short").ShouldBe(Stages.ExpectedIds("short", 50));
        Duck.Scalar<long>($"select sum(rows_written)::bigint from '{stages.Output}/batches/*/*.parquet'").ShouldBe(1_050);
    }

    [Fact]
    public async Task Every_stage_time_is_set_and_they_add_up_to_the_latency()
    {
        await using var stages = await Stages.StartAsync(shared.Server, Cancelled);
        await stages.IngestAsync(stages.WriteSource("pair", 300), "job", Cancelled);

        var off = Duck.Query(
            $"""
            select batch_id from '{stages.Output}/batches/*/*.parquet'
            where latency_ms is null or broker_ms is null or tokenize_ms is null or window_ms is null or inference_ms is null
               or publish_ms is null or abs(broker_ms + tokenize_ms + window_ms + inference_ms + publish_ms - latency_ms) > 0.001
            """);

        off.ShouldBeEmpty();
    }
}
