namespace Rerank.Sink.Intake;

/// <summary>Stops the intakes while there is no room on the disk. Thread-safe.</summary>
internal sealed class Gate
{
    private volatile TaskCompletionSource _open = NewOpen();

    public bool IsOpen => _open.Task.IsCompleted;

    public Task WaitAsync(CancellationToken cancellationToken) => _open.Task.WaitAsync(cancellationToken);

    public void Open() => _open.TrySetResult();

    public void Close()
    {
        if (IsOpen)
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static TaskCompletionSource NewOpen()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.SetResult();
        return open;
    }
}
