using Rerank.Cli.Running;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli;

public sealed class RunProgressTests
{
    [Fact]
    public void A_known_total_gives_the_time_left()
    {
        var progress = new RunProgress(
            Scored: 1_000, Durable: 900, Dead: 2, Total: 2_002, TotalIsKnown: true, Lag: 50, PairsPerSecond: 100, TokensPerSecond: 9_000);

        progress.ToText().ShouldBe("1,000 of 2,002 pairs, 100 pairs/s, 9,000 tokens/s, 0:00:10 left, 50 waiting, 900 durable, 2 dead");
    }

    [Fact]
    public void Without_total_and_rates_only_counts_are_shown()
    {
        var progress = new RunProgress(
            Scored: 7, Durable: 0, Dead: 0, Total: null, TotalIsKnown: false, Lag: 3, PairsPerSecond: null, TokensPerSecond: null);

        progress.ToText().ShouldBe("7 pairs, 3 waiting, 0 durable");
        progress.Fraction.ShouldBeNull();
    }

    [Fact]
    public void More_than_an_estimated_total_is_not_more_than_all()
    {
        var progress = new RunProgress(
            Scored: 120, Durable: 0, Dead: 0, Total: 100, TotalIsKnown: false, Lag: 0, PairsPerSecond: 10, TokensPerSecond: null);

        progress.Fraction.ShouldBe(1);
        progress.Remaining.ShouldBe(TimeSpan.Zero);
    }
}
