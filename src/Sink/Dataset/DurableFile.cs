using System.Runtime.InteropServices;

namespace Rerank.Sink.Dataset;

/// <summary>Files and names that are still there after a loss of power.</summary>
internal static partial class DurableFile
{
    private const int ReadOnly = 0;

    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Renames, within one file system, and makes the new name durable.</summary>
    public static void Move(string from, string to, bool overwrite)
    {
        File.Move(from, to, overwrite);
        SyncFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>Makes a folder that is missing, and its name durable.</summary>
    public static void MakeFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        Directory.CreateDirectory(path);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes the names in a folder durable: .NET cannot open a folder, and without this a rename may be undone by a loss of power.</summary>
    public static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
            throw new IOException($"{path} could not be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
        try
        {
            if (Fsync(descriptor) != 0)
                throw new IOException($"{path} could not be made durable: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
