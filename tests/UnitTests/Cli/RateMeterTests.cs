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
}
