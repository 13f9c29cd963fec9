using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Topology;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Scorer;

public sealed class ScorerTests
{
    private static readonly string[] Documents =
    [
        "The capital of France is Paris.",
        "Berlin is the capital of Germany, and its largest city by far; it lies on the river Spree.",
        "Bread is baked from flour, water, salt and yeast.",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_pair_is_scored_once_and_carries_its_own_identity()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await harness.StartScorerAsync();
        for (var ordinal = 0; ordinal < 200; ordinal++)
            await harness.PublishAsync("job", ordinal, $"what is the capital of country {ordinal}", Documents[ordinal % 3]);

        var rows = (await harness.ReadScoresAsync(200, Cancelled)).SelectMany(batch => batch.Rows).ToList();

        rows.Select(row => row.Ordinal).Order().ShouldBe(Enumerable.Range(0, 200).Select(ordinal => (long)ordinal));
        rows.ShouldAllBe(row => row.Id == $"pair-{row.Ordinal}");
        rows.GroupBy(row => row.Ordinal % 3).ShouldAllBe(group => group.Select(row => row.Tokens).Max() - group.Select(row => row.Tokens).Min() < 8);
    }

    [Fact]
    public async Task A_score_does_not_depend_on_batch_mates()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("alone");
        await harness.OpenJobAsync("together");
        for (var ordinal = 0; ordinal < 60; ordinal++)
        {
            await harness.PublishAsync("alone", ordinal, $"capital river {ordinal}", Documents[ordinal % 3]);
            await harness.PublishAsync("together", ordinal, $"capital river {ordinal}", Documents[ordinal % 3]);
        }

        var alone = await harness.StartScorerAsync(settings: ["--Scorer:MaxPassTokens=1"]);
        var one = (await harness.ReadScoresAsync(120, Cancelled)).Where(batch => batch.Job == "alone").ToList();
        await alone.StopAsync(Cancelled);
        await harness.OpenJobAsync("again");
        for (var ordinal = 0; ordinal < 60; ordinal++)
            await harness.PublishAsync("again", ordinal, $"capital river {ordinal}", Documents[ordinal % 3]);
        await harness.StartScorerAsync(settings: ["--Scorer:Adaptive=false", "--Scorer:FixedRows=16"]);
        var many = await harness.ReadScoresAsync(60, Cancelled);

        one.SelectMany(batch => batch.Passes).ShouldAllBe(pass => pass.PassPairs == 1);
        many.SelectMany(batch => batch.Passes).ShouldContain(pass => pass.PassPairs > 1);
        var expected = one.SelectMany(batch => batch.Rows).ToDictionary(row => row.Ordinal, row => row.Score);
        foreach (var row in many.SelectMany(batch => batch.Rows))
            row.Score.ShouldBe(expected[row.Ordinal], 1e-5f);
    }

    [Fact]
    public async Task Stage_times_of_a_pass_follow_one_another()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await harness.StartScorerAsync();
        for (var ordinal = 0; ordinal < 20; ordinal++)
            await harness.PublishAsync("job", ordinal, "capital", Documents[ordinal % 3]);

        foreach (var pass in (await harness.ReadScoresAsync(20, Cancelled)).SelectMany(batch => batch.Passes))
        {
            var stages = pass.BrokerMs + pass.TokenizeMs + pass.WindowMs + pass.InferenceMs;
            stages.ShouldBe((pass.EndedUs - pass.OldestQueuedUs) / 1000.0, 0.001);
            pass.TokenizeMs.ShouldBeGreaterThan(0);
            pass.InferenceMs.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task A_message_that_is_no_pair_becomes_a_dead_letter_and_the_rest_is_scored()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await harness.PublishAsync("job", 0, "not json"u8.ToArray());
        await harness.PublishAsync("job", 1, """{"id":"x","document":"d"}"""u8.ToArray());
        await harness.PublishAsync("job", null, """{"id":"x","query":"q","document":"d"}"""u8.ToArray());
        await harness.PublishAsync("job", 3, "capital", Documents[0]);
        await harness.StartScorerAsync();

        var letters = await harness.ReadDeadAsync(3, Cancelled);
        var scores = await harness.ReadScoresAsync(1, Cancelled);

        letters.Select(letter => (letter.Ordinal, letter.Reason)).ShouldBe(
            [(0L, DeadReason.InvalidJson), (1L, DeadReason.MissingMember), (null, DeadReason.NoOrdinal)], ignoreOrder: true);
        letters.Single(letter => letter.Ordinal == 0).Original.ShouldBe("not json"u8.ToArray());
        scores.Single().Rows.Single().Ordinal.ShouldBe(3);
    }

    [Fact]
    public async Task A_job_whose_length_no_pair_can_have_is_left_alone_and_others_are_scored()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("impossible", maxLength: 1);
        await harness.OpenJobAsync("job");
        await harness.PublishAsync("impossible", 0, "capital", Documents[0]);
        var scorer = await harness.StartScorerAsync();
        await harness.PublishAsync("job", 0, "capital", Documents[0]);

        var batches = await harness.ReadScoresAsync(1, Cancelled);
        await scorer.StopAsync(Cancelled);

        batches.ShouldHaveSingleItem().Job.ShouldBe("job");
        // Still in the queue: neither scored nor, what a job that is served would come to, a dead letter.
        var impossible = await harness.Broker.JetStream.GetConsumerAsync(
            harness.Broker.Names.PairsStream, harness.Broker.Names.PairsConsumer("impossible"), Cancelled);
        impossible.Info.NumPending.ShouldBe(1ul);
        scorer.Services.GetRequiredService<StageOutcome>().ExitCode.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task A_part_that_fails_ends_the_scorer_with_an_exit_code()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        var host = await harness.StartScorerAsync();
        await harness.PublishAsync("job", 0, "capital", Documents[0]);
        await harness.ReadScoresAsync(1, Cancelled);

        var jobs = await harness.Broker.JobsAsync(Cancelled);
        await jobs.PutAsync(Names.SpecKey("other"), "no spec", WireJson.Default.String, Cancelled);
        await host.WaitForShutdownAsync(Cancelled);

        host.Services.GetRequiredService<StageOutcome>().ExitCode.ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public async Task A_published_pair_is_known_by_its_stream_sequence()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("open", JobKind.Published);
        await harness.StartScorerAsync();
        await harness.PublishAsync("open", null, """{"id":7,"query":"capital","document":"Paris"}"""u8.ToArray());

        var batch = (await harness.ReadScoresAsync(1, Cancelled)).Single();
        var stream = await harness.Broker.JetStream.GetStreamAsync(harness.Broker.Names.PairsStream, cancellationToken: Cancelled);

        batch.Epoch.ShouldBe(stream.Info.Created.ToUnixMicroseconds());
        batch.Rows.Single().Ordinal.ShouldBe(1);
        batch.Rows.Single().Id.ShouldBe("7");
    }

    [Fact]
    public async Task A_job_of_another_model_is_left_alone()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("other", model: "some-other-model");
        await harness.OpenJobAsync("ours");
        await harness.PublishAsync("other", 0, "capital", Documents[0]);
        await harness.PublishAsync("ours", 0, "capital", Documents[0]);
        await harness.StartScorerAsync();

        (await harness.ReadScoresAsync(1, Cancelled)).Single().Job.ShouldBe("ours");
        var consumer = await harness.Broker.JetStream.GetConsumerAsync(
            harness.Broker.Names.PairsStream, harness.Broker.Names.PairsConsumer("other"), Cancelled);
        consumer.Info.NumPending.ShouldBe(1ul);
    }

    [Fact]
    public async Task A_pair_delivered_for_the_third_time_is_scored_alone_and_its_mark_removed()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await harness.PublishAsync("job", 0, "capital", Documents[0]);
        await DeliverAsync(harness, "job", times: 2);
        await harness.StartScorerAsync();

        var batch = (await harness.ReadScoresAsync(1, Cancelled)).Single();

        batch.Passes.Single().CloseReason.ShouldBe("alone");
        var jobs = await harness.Broker.JobsAsync(Cancelled);
        (await jobs.FindAsync(Names.MarkKey("job", 1), WireJson.Default.String, Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task A_pair_whose_mark_is_found_again_is_poison()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await harness.PublishAsync("job", 0, "capital", Documents[0]);
        await DeliverAsync(harness, "job", times: 3);
        var jobs = await harness.Broker.JobsAsync(Cancelled);
        await jobs.PutAsync(Names.MarkKey("job", 1), "a scorer that died", WireJson.Default.String, Cancelled);
        await harness.StartScorerAsync();

        var letter = (await harness.ReadDeadAsync(1, Cancelled)).Single();

        letter.Reason.ShouldBe(DeadReason.Poison);
        letter.Ordinal.ShouldBe(0);
    }

    [Fact]
    public async Task A_model_that_does_not_exist_ends_the_scorer_with_wrong_usage()
    {
        await using var harness = await ScorerHarness.StartAsync();

        var host = await harness.StartScorerAsync("no/such/model");
        await Stopped(host);

        var outcome = host.Services.GetRequiredService<StageOutcome>();
        outcome.ExitCode.ShouldBe(ExitCode.WrongUsage);
        outcome.Failure.ShouldNotBeNull().ShouldContain("no/such/model");
    }

    [Fact]
    public async Task An_unknown_backend_is_refused_with_what_is_there()
    {
        await using var harness = await ScorerHarness.StartAsync();

        var refusal = await Should.ThrowAsync<Exception>(() => harness.StartScorerAsync(settings: ["--Scorer:Backend=quantum"]));

        StageHost.SettingErrors(refusal).ShouldNotBeNull().Single().ShouldContain("'quantum'; there is no such backend. Available here: auto, cpu");
    }

    [Fact]
    public async Task A_stopped_scorer_leaves_no_pair_behind()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        for (var ordinal = 0; ordinal < 300; ordinal++)
            await harness.PublishAsync("job", ordinal, "capital", Documents[ordinal % 3]);
        var first = await harness.StartScorerAsync();
        var rows = (await harness.ReadScoresAsync(1, Cancelled)).SelectMany(batch => batch.Rows).Select(row => row.Ordinal).ToHashSet();
        await first.StopAsync(Cancelled);
        await harness.StartScorerAsync();

        while (rows.Count < 300)
            rows.UnionWith((await harness.ReadScoresAsync(1, Cancelled)).SelectMany(batch => batch.Rows).Select(row => row.Ordinal));

        rows.Count.ShouldBe(300);
    }

    private static Task Stopped(Microsoft.Extensions.Hosting.IHost host)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping
            .Register(() => stopped.TrySetResult());
        return stopped.Task.WaitAsync(Cancelled);
    }

    /// <summary>Receives the job's next pair and gives it back, as a scorer that dies does.</summary>
    private static async Task DeliverAsync(ScorerHarness harness, string job, int times)
    {
        var consumer = await harness.Broker.Setup.EnsurePairsConsumerAsync(job, Cancelled);
        for (var i = 0; i < times; i++)
        {
            var message = await consumer.NextAsync<byte[]>(cancellationToken: Cancelled);
            await message.ShouldNotBeNull().NakAsync(cancellationToken: Cancelled);
        }
    }
}
