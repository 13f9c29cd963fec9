using Rerank.Shared.Hosting;

namespace Rerank.Sink.Dataset;

/// <summary>The operating system's lock on a dataset: one process of this machine writes it. Ends with the process, however that ends.</summary>
internal sealed class DatasetLock : IDisposable
{
    private readonly FileStream _file;

    private DatasetLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StageFailedException">Another process has it.</exception>
    public static DatasetLock Take(DatasetFolder folder)
    {
        try
        {
            var file = new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(folder.HolderFile, $"process {Environment.ProcessId} on {Environment.MachineName}");
            return new DatasetLock(file);
        }
        catch (IOException e)
        {
            throw new StageFailedException(
                ExitCode.Failed,
                $"{folder.Path} is being written by another Sink ({Holder(folder) ?? e.Message}). Stop it, or set Sink__Output to another folder.");
        }
    }

    public void Dispose() => _file.Dispose();

    private static string? Holder(DatasetFolder folder) => File.Exists(folder.HolderFile) ? File.ReadAllText(folder.HolderFile) : null;
}
