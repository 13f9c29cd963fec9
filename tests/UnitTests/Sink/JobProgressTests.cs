using Rerank.Shared.Contracts;
using Rerank.Sink.Dedup;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Sink;

public sealed class JobProgressTests
{
    private readonly JobProgress _progress = new();

    [Fact]
    public void Written_wins_over_dead_whichever_comes_first()
    {
        _progress.OnLetter(1, atUs: 10).ShouldBeTrue();
        _progress.TryBuffer(1).ShouldBeTrue();
        _progress.TryBuffer(2).ShouldBeTrue();
        _progress.Commit();

        _progress.OnLetter(2, atUs: 20).ShouldBeFalse();
        _progress.Dead.Count.ShouldBe(0);
        _progress.Written.ToString().ShouldBe("1-2");
    }

    [Fact]
    public void A_job_is_done_when_every_ordinal_is_durable_or_dead()
    {
        _progress.TryBuffer(0);
        _progress.OnLetter(1, atUs: 10);

        _progress.IsDone(2).ShouldBeFalse();
        _progress.WouldBeDone(2).ShouldBeTrue();
        _progress.WouldBeDone(3).ShouldBeFalse();
        _progress.Commit();
        _progress.IsDone(2).ShouldBeTrue();
    }

    [Fact]
    public void A_retry_takes_the_ordinal_out_of_the_dead_until_it_fails_again()
    {
        _progress.OnLetter(7, atUs: 10);
        _progress.OnRetry(7, atUs: 20).ShouldBeTrue();
        _progress.Dead.Contains(7).ShouldBeFalse();
        _progress.IsRetrying.ShouldBeTrue();

        _progress.OnLetter(7, atUs: 30).ShouldBeTrue();
        _progress.IsRetrying.ShouldBeFalse();
    }

    [Fact]
    public void Events_that_are_delivered_again_change_nothing()
    {
        _progress.OnLetter(7, atUs: 10);
        _progress.OnRetry(7, atUs: 20);
        _progress.OnLetter(7, atUs: 10).ShouldBeFalse();
        _progress.Dead.Contains(7).ShouldBeFalse();

        _progress.OnLetter(7, atUs: 30);
        _progress.OnRetry(7, atUs: 20).ShouldBeFalse();
        _progress.Dead.Contains(7).ShouldBeTrue();
    }

    [Fact]
    public void Dropped_rows_are_no_duplicates_when_they_come_again()
    {
        _progress.TryBuffer(3);
        _progress.TryBufferPass("s-1");

        _progress.DropBuffered();

        _progress.TryBuffer(3).ShouldBeTrue();
        _progress.TryBufferPass("s-1").ShouldBeTrue();
    }

    [Fact]
    public void Dead_letters_are_found_again_in_the_last_state_that_was_told()
    {
        var written = IntervalSet.Parse("0-5,8-9");

        LostDead.Find(written, new SinkState("0-9", Written: 8, Dead: 2, Complete: false, "out"))!.ToString().ShouldBe("6-7");
    }

    [Fact]
    public void Rows_that_are_missing_do_not_pass_as_dead_letters() =>
        LostDead.Find(IntervalSet.Parse("0-5"), new SinkState("0-9", Written: 8, Dead: 2, Complete: false, "out")).ShouldBeNull();
}
