using Rerank.Sink.Dataset;

namespace Rerank.Sink.Writing;

/// <summary>What the writers of all jobs share for one epoch.</summary>
internal sealed record WriteContext(
    DatasetFolder Folder, string Dataset, EpochFolder Epoch, SinkOptions Options, Disk Disk, TimeProvider Time)
{
    /// <summary>Throws before anything is changed, so that the caller can wait and try again.</summary>
    /// <exception cref="NoRoomException">Less is free than <see cref="SinkOptions.MinFreeBytes"/>.</exception>
    public void RequireRoom()
    {
        var free = Disk.FreeBytes(Folder.Path);
        if (free < Options.MinFreeBytes)
            throw new NoRoomException(Folder.Path, free, Options.MinFreeBytes);
    }
}
