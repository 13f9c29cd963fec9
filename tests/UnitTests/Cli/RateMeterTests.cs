using Microsoft.Extensions.Time.Testing;
using Rerank.Cli.Running;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli;

public sealed class RateMeterTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_first_reading_has_no_rate() => new RateMeter(_time).Rate(5).ShouldBeNull();

    [Fact]
    public void The_rate_is_that_of_the_last_seconds()
    {
        var meter = new RateMeter(_time);
        meter.Rate(0);
        _time.Advance(TimeSpan.FromSeconds(30));
        meter.Rate(300);
        _time.Advance(TimeSpan.FromSeconds(2));

        meter.Rate(500).ShouldBe(100);
    }

    [Fact]
    public void A_count_that_comes_in_steps_has_an_even_rate()
    {
        var meter = new RateMeter(_time);
        for (var second = 0; second <= 20; second++)
        {
            var rate = meter.Rate(second / 3 * 300);
            if (second >= 3)
                rate.ShouldBe(100);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void A_count_that_stands_still_for_long_has_the_rate_0()
    {
        var meter = new RateMeter(_time);
        meter.Rate(0);
        _time.Advance(TimeSpan.FromSeconds(1));
        meter.Rate(100).ShouldBe(100);
        _time.Advance(TimeSpan.FromSeconds(11));

        meter.Rate(100).ShouldBe(0);
    }
}
