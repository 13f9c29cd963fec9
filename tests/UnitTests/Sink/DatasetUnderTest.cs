using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Sink;
using Rerank.Sink.Dataset;
using Rerank.Sink.Writing;
using Rerank.TestKit;

namespace Rerank.UnitTests.Sink;

/// <summary>A dataset folder that is opened, written and, after a "crash", opened again, without a broker.</summary>
internal sealed class DatasetUnderTest : IDisposable
{
    public const string Id = "ds";

    public TemporaryFolder Folder { get; } = TemporaryFolder.Create();

    public SinkOptions Options { get; } = new();

    public FillableDisk Disk { get; } = new();

    public DatasetFolder Paths => new(Folder.Path);

    public string ScoresGlob => $"read_parquet('{Folder.Path}/scores/*/*.parquet', hive_partitioning = true)";

    public string BatchesGlob => $"read_parquet('{Folder.Path}/batches/*/*.parquet')";

    /// <summary>Starts a new epoch and recovers its jobs, as a Sink does.</summary>
    public async Task<Dictionary<string, JobWriter>> OpenAsync()
    {
        var folder = DatasetFolder.Open(Folder.Path);
        var epoch = EpochFolder.Start(folder, Disk, TimeProvider.System);
        var context = new WriteContext(folder, Id, epoch, Options, Disk, TimeProvider.System);
        LastContext = context;
        var recovered = await new DatasetRecovery(folder, Id, epoch, NullLogger.Instance).ReadAsync(CancellationToken.None);
        return recovered.ToDictionary(job => job.Manifest.Job, job => new JobWriter(job.Manifest, context));
    }

    public WriteContext? LastContext { get; private set; }

    public async Task<JobWriter> OpenAsync(string job)
    {
        var jobs = await OpenAsync();
        return jobs.GetValueOrDefault(job) ?? new JobWriter(new JobManifest { Job = job, Dataset = Id }, LastContext!);
    }

    public void Dispose() => Folder.Dispose();
}
