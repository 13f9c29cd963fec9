using Rerank.Shared.Telemetry;
using Rerank.Sink.Dataset;

namespace Rerank.Sink.Writing;

/// <summary>A job's files in the dataset, and how another one gets there. Not thread-safe.</summary>
internal sealed class JobFiles(JobManifest manifest, WriteContext context)
{
    private readonly List<DataFile> _scores = [.. manifest.Scores];
    private readonly List<DataFile> _batches = [.. manifest.Batches];
    private long _nextNumber = PartName.HighestNumber(context.Folder, manifest.Job) + 1;

    public IReadOnlyList<DataFile> Scores => _scores;

    public IReadOnlyList<DataFile> Batches => _batches;

    /// <summary>For the name of a new file; see <see cref="PartName"/>.</summary>
    public long NextNumber() => _nextNumber++;

    /// <summary>Brings a finished scores file into the dataset, durably.</summary>
    /// <param name="path">The temporary file.</param>
    /// <param name="name">Its name in the dataset.</param>
    /// <param name="lost">Nothing is renamed after it has fired.</param>
    public void MoveInScores(string path, string name, CancellationToken lost) =>
        _scores.Add(MoveIn(path, context.Folder.ScoresOf(manifest.Job), name, lost));

    /// <summary>Brings a finished batches file into the dataset, durably.</summary>
    /// <param name="path">The temporary file.</param>
    /// <param name="date">Of its passes.</param>
    /// <param name="number">A <see cref="NextNumber"/>.</param>
    /// <param name="lost">Nothing is renamed after it has fired.</param>
    public void MoveInBatches(string path, DateOnly date, long number, CancellationToken lost) =>
        _batches.Add(MoveIn(path, context.Folder.BatchesOf(date), PartName.Batches(manifest.Job, number), lost));

    private DataFile MoveIn(string path, string folder, string name, CancellationToken lost)
    {
        DurableFile.MakeFolder(folder);
        var target = Path.Combine(folder, name);
        lost.ThrowIfCancellationRequested();
        context.Epoch.MoveIn(path, target);
        DurableFile.SyncFolder(folder);
        Instruments.SinkFiles.Add(1);
        return new DataFile(context.Folder.Relative(target), new FileInfo(target).Length);
    }
}
