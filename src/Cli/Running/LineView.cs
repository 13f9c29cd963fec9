namespace Rerank.Cli.Running;

/// <summary>A line every few seconds, for logs and pipes.</summary>
internal sealed class LineView(TextWriter output, TimeProvider time) : IRunView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long? _shown;

    public void Show(IShownProgress progress)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_shown is { } shown && time.GetElapsedTime(shown, now) < Interval)
                return;
            _shown = now;
            output.WriteLine(progress.ToText());
        }
    }

    public void WriteLine(string text)
    {
        lock (_gate)
            output.WriteLine(text);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
