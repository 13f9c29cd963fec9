using Microsoft.Extensions.Time.Testing;
using Rerank.Cli.Output;
using Rerank.Cli.Watching;
using Rerank.Shared.Contracts;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Watching;

public sealed class WatchingTests
{
    [Fact]
    public void The_greatest_number_is_the_highest_bar_and_nothing_is_the_lowest() => Sparkline.Of([0, 4, 8]).ShouldBe("▁▅█");

    [Fact]
    public void Equal_zeros_have_bars_too() => Sparkline.Of([0, 0]).ShouldBe("▁▁");

    [Fact]
    public void Pass_sizes_are_the_mean_between_two_heartbeats_over_all_scorers()
    {
        var history = new PassSizeHistory();

        history.Add([Beat("a", 100, 10), Beat("b", 50, 5)]).ShouldBeEmpty();
        history.Add([Beat("a", 140, 14), Beat("b", 110, 11)]).ShouldBe([10]);
        history.Add([Beat("a", 140, 14), Beat("b", 110, 11)]).ShouldBe([10]);
        history.Add([Beat("a", 180, 15)]).ShouldBe([10, 40]);
    }

    [Fact]
    public void A_line_says_rate_lag_latency_and_who_is_alive()
    {
        var line = Reading("scoring", Pace(p95: 250, missedBy: 50)).ToText();

        line.ShouldBe("j scoring: 400 of 1,000 durable, 1 dead; 500 waiting, 99 being scored; 123 pairs/s, 4,567 tokens/s; p95 250 ms of 200 ms, missed; 7.5 pairs a pass; 1 scorer alive");
    }

    [Fact]
    public void Lines_come_every_few_seconds_and_the_last_at_once()
    {
        var time = new FakeTimeProvider();
        using var output = new StringWriter();
        var lines = new JobLines(output, time);

        lines.Show(Reading("publishing"));
        lines.Show(Reading("scoring"));
        lines.Show(Reading("complete"));

        output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        output.ToString().ShouldContain("j complete");
    }

    [Fact]
    public void A_reading_that_is_old_says_how_old()
    {
        var reading = Reading("scoring") with { Age = TimeSpan.FromSeconds(12) };

        reading.ToText().ShouldEndWith("no answer from the broker for 12 s; these figures are that old");
    }

    private static JobReading Reading(string state, ScorerPace? pace = null) => new(
        new JobView("j", "ingested", state, "default", "m", 1000, 1000, 500, 99, 400, 1, Output: null),
        [Beat("a", 1, 1) with { Pace = pace }],
        123,
        4567,
        [5, 7.5]);

    private static ScorerPace Pace(double p95, double missedBy) => new(64, 123, p95, p95, 200, null, missedBy, null, 150, 200, Backlogged: false);

    private static ScorerHeartbeat Beat(string scorer, long pairs, long passes) => new(scorer, "m", "cpu", 2, pairs, 0, Passes: passes);
}
