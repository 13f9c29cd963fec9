using System.Text.Json;
using Rerank.Shared.Contracts;
using Rerank.Sink.Dedup;

namespace Rerank.Sink.Dataset;

/// <summary>
/// <c>scores/job=&lt;job&gt;/_manifest.json</c>: what of a job is in the dataset. A cache, made again from the footers when it does not
/// match the files.
/// </summary>
public sealed record JobManifest
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public string ToolVersion { get; init; } = Rerank.Shared.ToolVersion.Text;

    public required string Job { get; init; }

    public required string Dataset { get; init; }

    /// <summary>Null only if the job's spec was never seen.</summary>
    public JobSpec? Spec { get; init; }

    /// <summary>Number of ordinals of an ingested job, once known.</summary>
    public long? Total { get; init; }

    /// <summary>Everything is done, and <c>_SUCCESS</c> is there.</summary>
    public bool Complete { get; init; }

    /// <summary>Rows in the scores files.</summary>
    public long Rows { get; init; }

    /// <summary>Ordinals that are dead letters and not written.</summary>
    public long Dead { get; init; }

    /// <summary>Ordinals of the rows, as <see cref="IntervalSet"/> text.</summary>
    public string Written { get; init; } = "";

    /// <summary>The dead ones, likewise.</summary>
    public string DeadOrdinals { get; init; } = "";

    public IReadOnlyList<EpochBase> Epochs { get; init; } = [];

    /// <summary>Ordinals that were published again and are not written yet.</summary>
    public IReadOnlyList<RetryMark> Retries { get; init; } = [];

    /// <summary>Batch ids of the batches files, see <see cref="BatchIdSet"/>.</summary>
    public IReadOnlyDictionary<string, string> BatchIds { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<DataFile> Scores { get; init; } = [];

    public IReadOnlyList<DataFile> Batches { get; init; } = [];

    /// <summary>Reads the manifest of a job as it is, without a look at the files; null if there is none or it cannot be read.</summary>
    public static JobManifest? Read(string output, string job)
    {
        var folder = new DatasetFolder(output);
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(folder.ManifestOf(job)), DatasetJson.Default.JobManifest);
            return manifest is { Version: CurrentVersion } && manifest.Job == job
                ? manifest with { Complete = manifest.Complete && File.Exists(folder.SuccessOf(job)) }
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
