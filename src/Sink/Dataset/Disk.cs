namespace Rerank.Sink.Dataset;

/// <summary>What the Sink asks of the disk; tests make it full.</summary>
internal class Disk
{
    /// <summary>Bytes that this user may still write in a folder.</summary>
    public virtual long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>A file that is not there yet.</summary>
    public virtual FileStream CreateFile(string path) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 128 * 1024);
}
