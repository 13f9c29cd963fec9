namespace Rerank.Sink.Dataset;

/// <summary>
/// The temporary files of one epoch: the time in which one Sink holds the dataset. Everything comes into the dataset, and leaves it, by a
/// rename from or to this folder; a successor renames it away first, so that a writer that was paused and wakes up cannot change anything.
/// </summary>
internal sealed class EpochFolder
{
    private readonly DatasetFolder _dataset;
    private readonly Disk _disk;

    private EpochFolder(DatasetFolder dataset, Disk disk, string path)
    {
        _dataset = dataset;
        _disk = disk;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Fences off all earlier epochs and starts a new one. The dataset may be read only after this.</summary>
    public static EpochFolder Start(DatasetFolder dataset, Disk disk, TimeProvider time)
    {
        Directory.CreateDirectory(dataset.Temporary);
        Directory.CreateDirectory(dataset.Discarded);
        foreach (var older in Directory.EnumerateDirectories(dataset.Temporary).ToList())
            Directory.Move(older, System.IO.Path.Combine(dataset.Discarded, $"{System.IO.Path.GetFileName(older)}-{Guid.NewGuid():N}"));
        DurableFile.SyncFolder(dataset.Temporary);
        RemoveDiscarded(dataset);

        var path = System.IO.Path.Combine(dataset.Temporary, $"{time.GetUtcNow():yyyyMMddTHHmmssfff}-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(path);
        return new EpochFolder(dataset, disk, path);
    }

    /// <summary>A new file; the folder is never made again here, see above.</summary>
    /// <exception cref="EpochEndedException">A successor has started.</exception>
    public FileStream Create(string name) => Fenced(() => _disk.CreateFile(PathOf(name)));

    /// <summary>Brings a finished file into the dataset under a name that is new there.</summary>
    /// <exception cref="EpochEndedException">A successor has started.</exception>
    public void MoveIn(string path, string target) => Fenced(() => File.Move(path, target, overwrite: false));

    /// <summary>Writes a small file of the dataset, durable and at once.</summary>
    /// <exception cref="EpochEndedException">A successor has started.</exception>
    public void Replace(string target, byte[] content)
    {
        var temporary = PathOf(System.IO.Path.GetFileName(target));
        Fenced(() =>
        {
            DurableFile.Write(temporary, content);
            DurableFile.Move(temporary, target, overwrite: true);
        });
    }

    /// <summary>Takes a file out of the dataset, durably; nothing happens if it is not there.</summary>
    /// <exception cref="EpochEndedException">A successor has started.</exception>
    public void TakeOut(string target)
    {
        if (!File.Exists(target))
            return;
        var taken = PathOf($"out-{Guid.NewGuid():N}");
        Fenced(() => File.Move(target, taken));
        DurableFile.SyncFolder(System.IO.Path.GetDirectoryName(target)!);
        File.Delete(taken);
    }

    private string PathOf(string name) => System.IO.Path.Combine(Path, name);

    private void Fenced(Action action) => Fenced(() =>
    {
        action();
        return true;
    });

    private T Fenced<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException && !Directory.Exists(Path))
        {
            throw Ended();
        }
    }

    private EpochEndedException Ended() => new($"another Sink has taken over {_dataset.Path}");

    private static void RemoveDiscarded(DatasetFolder dataset)
    {
        try
        {
            Directory.Delete(dataset.Discarded, recursive: true);
        }
        catch (IOException)
        {
            // A writer that is still awake adds files to its folder; the next start removes them.
        }
    }
}
