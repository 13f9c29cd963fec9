namespace Rerank.Ingest;

/// <summary>Says something every ten seconds until it is disposed.</summary>
internal sealed class ProgressLines : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly ITimer _timer;

    private ProgressLines(ITimer timer) => _timer = timer;

    internal static ProgressLines Start(TimeProvider time, Action say) =>
        new(time.CreateTimer(static state => ((Action)state!)(), say, Interval, Interval));

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
