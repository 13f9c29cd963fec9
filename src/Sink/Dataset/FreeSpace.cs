namespace Rerank.Sink.Dataset;

/// <summary>How much room the disk of a folder has.</summary>
internal class FreeSpace
{
    /// <summary>Bytes that this user may still write.</summary>
    public virtual long Of(string folder) => new DriveInfo(folder).AvailableFreeSpace;
}
