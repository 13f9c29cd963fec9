using Rerank.Scorer;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer;

public sealed class RunningPartsTests
{
    private readonly RunningParts _parts = new();
    private readonly List<string> _ended = [];

    [Fact]
    public async Task All_are_ended_in_their_order_when_any_of_them_ends()
    {
        Add("pulling");
        var lanes = Add("lanes");
        Add("publishing");

        var run = _parts.RunAsync();
        run.IsCompleted.ShouldBeFalse();
        lanes.SetResult();
        await run;

        _ended.ShouldBe(["pulling", "lanes", "publishing"]);
    }

    [Fact]
    public async Task A_part_is_waited_for_before_the_next_one_is_ended()
    {
        var slow = new TaskCompletionSource();
        _parts.Add(slow.Task, () => _ended.Add("slow"));
        Add("next").SetResult();

        var run = _parts.RunAsync();
        _ended.ShouldBe(["slow"]);
        slow.SetResult();
        await run;

        _ended.ShouldBe(["slow", "next"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_fault_of_any_part_ends_all_and_is_rethrown(int faulty)
    {
        TaskCompletionSource[] parts = [Add("pulling"), Add("lanes"), Add("publishing")];

        var run = _parts.RunAsync();
        parts[faulty].SetException(new InvalidDataException("broken"));

        (await Should.ThrowAsync<InvalidDataException>(() => run)).Message.ShouldBe("broken");
        _ended.ShouldBe(["pulling", "lanes", "publishing"]);
    }

    [Fact]
    public async Task The_first_fault_is_told_and_not_those_that_follow_from_it()
    {
        var follower = new TaskCompletionSource();
        _parts.Add(follower.Task, () => follower.SetException(new InvalidOperationException("nobody takes results")));
        Add("publishing").SetException(new InvalidDataException("refused"));

        await Should.ThrowAsync<InvalidDataException>(_parts.RunAsync);
    }

    [Fact]
    public async Task A_fault_while_ending_does_not_keep_the_others_from_ending()
    {
        _parts.Add(Task.CompletedTask, () => throw new InvalidDataException("cannot end"));
        Add("next");

        await Should.ThrowAsync<InvalidDataException>(_parts.RunAsync);
        _ended.ShouldBe(["next"]);
    }

    [Fact]
    public async Task Cancellation_is_no_fault()
    {
        using var stop = new CancellationTokenSource();
        _parts.Add(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token), stop.CancelAsync);
        Add("other").SetResult();

        await _parts.RunAsync();
    }

    /// <summary>A part that ends when it is told to, or when the source says so.</summary>
    private TaskCompletionSource Add(string name)
    {
        var part = new TaskCompletionSource();
        _parts.Add(part.Task, () =>
        {
            _ended.Add(name);
            part.TrySetResult();
        });
        return part;
    }
}
