namespace Rerank.Cli.Diagnosis;

/// <summary>The folder that a dataset goes to: can it be written, and is there room?</summary>
internal static class OutputFolder
{
    private const string Subject = "output";
    private const long ComfortableBytes = 2L << 30;

    internal static Finding Room(string output)
    {
        var folder = new DirectoryInfo(Path.GetFullPath(output));
        while (folder is { Exists: false, Parent: not null })
            folder = folder.Parent;

        try
        {
            // On a file system that was mounted read-only the permissions alone say nothing.
            var probe = Path.Combine(folder.FullName, $".rerank-doctor-{Environment.ProcessId}");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Problem(Subject, $"'{folder.FullName}' cannot be written: {e.Message}", "Choose another folder with --output, or change its owner.");
        }

        var free = new DriveInfo(folder.FullName).AvailableFreeSpace;
        var text = $"{ByteCount.Text(free)} free at {folder.FullName}";
        return free >= ComfortableBytes
            ? Finding.Ok(Subject, text)
            : Finding.Warning(Subject, text, $"Large jobs want {ByteCount.Text(ComfortableBytes)} or more: queues and Parquet share the disk. A full disk pauses a run.");
    }
}
