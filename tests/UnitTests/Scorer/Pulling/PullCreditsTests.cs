using Rerank.Scorer.Pulling;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Pulling;

public sealed class PullCreditsTests
{
    [Fact]
    public async Task An_empty_window_gives_its_whole_share()
    {
        var credits = new PullCredits(100);

        (await credits.TakeAsync(TestContext.Current.CancellationToken)).ShouldBe(100);
    }

    [Fact]
    public async Task Room_is_given_only_when_a_quarter_of_the_share_is_free()
    {
        var credits = new PullCredits(100);
        await credits.TakeAsync(TestContext.Current.CancellationToken);

        var next = credits.TakeAsync(TestContext.Current.CancellationToken);
        credits.Return(24);
        next.IsCompleted.ShouldBeFalse();
        credits.Return(1);

        (await next).ShouldBe(25);
    }

    [Fact]
    public async Task A_smaller_share_holds_back_until_it_is_kept()
    {
        var credits = new PullCredits(100);
        await credits.TakeAsync(TestContext.Current.CancellationToken);
        credits.SetShare(10);

        var next = credits.TakeAsync(TestContext.Current.CancellationToken);
        credits.Return(90);
        next.IsCompleted.ShouldBeFalse();
        credits.Return(10);

        (await next).ShouldBe(10);
    }

    [Fact]
    public async Task A_larger_share_wakes_who_waits_for_room()
    {
        var credits = new PullCredits(10);
        await credits.TakeAsync(TestContext.Current.CancellationToken);

        var next = credits.TakeAsync(TestContext.Current.CancellationToken);
        credits.SetShare(30);

        (await next).ShouldBe(20);
    }
}
