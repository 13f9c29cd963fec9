using CsCheck;
using Rerank.Ingest.Publishing;
using Rerank.Ingest.Sources;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Ingest;

public sealed class PublishWindowTests
{
    [Fact]
    public Task Acknowledged_never_passes_a_publish_that_is_on_its_way_in_any_order_of_ends() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 40], Gen.Int[0, 1000]).SampleAsync(async (size, count, seed) =>
        {
            var window = new PublishWindow(size, After(0));
            var random = new Random(seed);
            var open = new Dictionary<int, TaskCompletionSource>();
            for (var i = 1; i <= count; i++)
            {
                var publish = open[i] = new TaskCompletionSource();
                var add = window.AddAsync(publish.Task, After(i), CancellationToken.None).AsTask();
                while (!add.IsCompleted || random.Next(2) == 0 && open.Count > 0)
                {
                    var ended = open.Keys.ElementAt(random.Next(open.Count));
                    open.Remove(ended, out var source);
                    source!.SetResult();
                }

                await add;
                window.Count.ShouldBeLessThan(Math.Max(size, 2));
                window.Acknowledged.Position.Ordinal.ShouldBeLessThan(open.Count == 0 ? count + 1 : open.Keys.Min());
            }

            foreach (var publish in open.Values)
                publish.SetResult();
            await window.DrainAsync(CancellationToken.None);
            window.Acknowledged.ShouldBe(After(count));
        });

    [Fact]
    public async Task A_failed_publish_is_rethrown_and_holds_the_checkpoint_before_it()
    {
        var window = new PublishWindow(4, After(0));
        await window.AddAsync(Task.CompletedTask, After(1), CancellationToken.None);
        var failing = new TaskCompletionSource();
        await window.AddAsync(failing.Task, After(2), CancellationToken.None);
        failing.SetException(new InvalidOperationException());

        await Should.ThrowAsync<InvalidOperationException>(() => window.DrainAsync(CancellationToken.None));
        window.Acknowledged.ShouldBe(After(1));
    }

    [Fact]
    public async Task A_full_window_waits_for_its_middle_publish_and_no_longer()
    {
        var window = new PublishWindow(4, After(0));
        TaskCompletionSource[] publishes = [new(), new(), new(), new()];
        for (var i = 0; i < 3; i++)
            await window.AddAsync(publishes[i].Task, After(i + 1), CancellationToken.None);

        var add = window.AddAsync(publishes[3].Task, After(4), CancellationToken.None);
        publishes[0].SetResult();
        publishes[1].SetResult();
        add.IsCompleted.ShouldBeFalse();
        publishes[2].SetResult();
        await add;

        (window.Count, window.Acknowledged).ShouldBe((1, After(3)));
    }

    [Fact]
    public async Task A_slow_source_is_acknowledged_up_to_its_last_record_although_the_window_is_never_full()
    {
        var window = new PublishWindow(100, After(0));
        for (var i = 1; i <= 3; i++)
            await window.AddAsync(Task.CompletedTask, After(i), CancellationToken.None);

        (window.Count, window.Acknowledged).ShouldBe((0, After(3)));
    }

    private static SourceProgress After(long ordinal) => new(new SourcePosition(ordinal, ordinal * 10, ordinal + 1), Bad: 0);
}
