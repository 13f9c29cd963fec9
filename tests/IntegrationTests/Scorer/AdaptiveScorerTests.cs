using Rerank.Shared.Contracts;
using Rerank.Shared.Topology;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Scorer;

public sealed class AdaptiveScorerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_pass_says_what_was_predicted_and_what_was_aimed_at()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await harness.StartScorerAsync(settings: ["--Scorer:TargetLatency=00:00:00.2", "--Scorer:TargetThroughput=50"]);
        await PublishAsync(harness, pairs: 100);

        var passes = (await harness.ReadScoresAsync(100, Cancelled)).SelectMany(batch => batch.Passes).ToList();

        passes.ShouldAllBe(pass => pass.PredictedMs > 0);
        passes.ShouldAllBe(pass => pass.TargetLatencyMs == 200 && pass.TargetThroughput == 50);
        passes.ShouldAllBe(pass => pass.Window >= pass.PassPairs);
    }

    [Fact]
    public async Task Without_targets_none_are_reported()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await harness.StartScorerAsync();
        await PublishAsync(harness, pairs: 5);

        (await harness.ReadScoresAsync(5, Cancelled)).SelectMany(batch => batch.Passes)
            .ShouldAllBe(pass => pass.TargetLatencyMs == null && pass.TargetThroughput == null);
    }

    [Fact]
    public async Task The_heartbeat_shows_pace_and_targets()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await harness.StartScorerAsync(settings: ["--Scorer:TargetLatency=00:00:00.2", "--Queue:LeaseAge=00:00:01"]);
        await PublishAsync(harness, pairs: 50);
        await harness.ReadScoresAsync(50, Cancelled);

        var live = await harness.Broker.LiveAsync(Cancelled);
        ScorerPace? pace = null;
        await Poll.UntilAsync(
            async () =>
            {
                await foreach (var key in live.KeysAsync(Names.AllScorers, Cancelled))
                    pace = (await live.FindAsync(key, WireJson.Default.ScorerHeartbeat, Cancelled))?.Value.Pace;

                return pace is { LatencyP95Ms: > 0 };
            },
            Cancelled);

        pace!.TargetLatencyMs.ShouldBe(200);
        pace.Window.ShouldBeGreaterThan(0);
        pace.ReachableLatencyMs.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_scorer_that_was_stopped_shows_no_heartbeat_any_more()
    {
        await using var harness = await ScorerHarness.StartAsync();
        // One beat, at the start; it would be there for ten minutes.
        var scorer = await harness.StartScorerAsync(settings: "--Queue:LeaseAge=00:10:00");
        var live = await harness.Broker.LiveAsync(Cancelled);
        await Poll.UntilAsync(async () => await live.KeysAsync(Names.AllScorers, Cancelled).CountAsync(Cancelled) == 1, Cancelled);

        await scorer.StopAsync(Cancelled);

        (await live.KeysAsync(Names.AllScorers, Cancelled).CountAsync(Cancelled)).ShouldBe(0);
    }

    [Fact]
    public async Task Fixed_rows_are_cut_in_arrival_order()
    {
        await using var harness = await ScorerHarness.StartAsync();
        await harness.OpenJobAsync("job");
        await PublishAsync(harness, pairs: 64);
        await harness.StartScorerAsync(settings: ["--Scorer:Adaptive=false", "--Scorer:FixedRows=8"]);

        (await harness.ReadScoresAsync(64, Cancelled)).SelectMany(batch => batch.Passes).ShouldAllBe(pass => pass.PassPairs <= 8);
    }

    private static async Task PublishAsync(ScorerHarness harness, int pairs)
    {
        for (var ordinal = 0; ordinal < pairs; ordinal++)
            await harness.PublishAsync("job", ordinal, "capital", string.Join(' ', Enumerable.Repeat("city", 1 + (ordinal * 7 % 90))));
    }
}
