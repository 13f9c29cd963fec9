using Rerank.Sink.Dataset;

namespace Rerank.IntegrationTests.Sink;

/// <summary>A disk that says that it is full until it is told otherwise.</summary>
internal sealed class DiskOnDemand : Disk
{
    public const long Room = 1000;

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasRoom;

    public bool HasRoom
    {
        get => _hasRoom;
        set => _hasRoom = value;
    }

    /// <summary>Somebody was told that there is no room.</summary>
    public Task WasAsked => _asked.Task;

    public override long FreeBytes(string folder)
    {
        if (HasRoom)
            return Room;
        _asked.TrySetResult();
        return 0;
    }
}
