using Microsoft.Extensions.Logging;
using Rerank.Shared.Contracts;
using Rerank.Sink.Parquet;

namespace Rerank.Sink.Dataset;

/// <summary>
/// Finds out at the start of an epoch what is in the dataset: the manifests, and the footers of the files that a manifest does not know.
/// A file that is no file of this dataset is reported and left alone.
/// </summary>
internal sealed class DatasetRecovery(DatasetFolder folder, string dataset, EpochFolder epoch, ILogger logger)
{
    /// <summary>The jobs, each with a manifest that matches its files.</summary>
    public async Task<IReadOnlyList<RecoveredJob>> ReadAsync(CancellationToken cancellationToken)
    {
        var manifests = folder.Jobs().ToDictionary(job => job, job => JobManifest.Read(folder.Path, job));
        var listed = manifests.Values.OfType<JobManifest>().SelectMany(manifest => manifest.Batches).Select(file => file.Path).ToHashSet();
        var unlisted = await FootersAsync(
            FilesUnder(folder.Batches).Where(file => !listed.Contains(file.Path)), BatchesRows.TableName, cancellationToken);

        var recovered = new List<RecoveredJob>();
        foreach (var job in manifests.Keys.Union(unlisted.Select(file => file.Footer.Job)).Order(StringComparer.Ordinal))
        {
            recovered.Add(await RecoverAsync(
                job, manifests.GetValueOrDefault(job), [.. unlisted.Where(file => file.Footer.Job == job)], cancellationToken));
        }

        return recovered;
    }

    private async Task<RecoveredJob> RecoverAsync(
        string job, JobManifest? manifest, IReadOnlyList<FoundFile> unlistedBatches, CancellationToken cancellationToken)
    {
        var scores = FilesUnder(folder.ScoresOf(job));
        var missing = manifest is null ? [] : manifest.Scores.Except(scores).ToList();
        foreach (var file in missing)
            Log.FileMissing(logger, job, file.Path);

        var recovery = new JobRecovery(folder, dataset, job, manifest, areFilesIntact: missing.Count == 0);
        if (manifest is null && scores.Count > 0)
            Log.ManifestRebuilt(logger, job, scores.Count);

        var found = await FootersAsync(scores.Except(recovery.ScoresFiles), ScoresRows.TableName, cancellationToken);
        foreach (var file in found.Where(file => file.Footer.Job == job))
        {
            if (!recovery.AddScores(file))
                Log.OrdinalsTwice(logger, job, file.File.Path);
        }

        foreach (var file in unlistedBatches)
        {
            if (recovery.AddBatches(file))
                continue;
            // A crash came between the renames of timings and scores; the rows will be delivered again, and their timings with them.
            Log.TimingsSetAside(logger, job, file.File.Path);
            epoch.TakeOut(folder.Absolute(file.File.Path));
        }

        return new RecoveredJob(recovery.ToManifest(), WasRebuilt: manifest is null);
    }

    private async Task<List<FoundFile>> FootersAsync(IEnumerable<DataFile> files, string table, CancellationToken cancellationToken)
    {
        var found = new List<FoundFile>();
        foreach (var file in files)
        {
            var footer = await Footer.TryReadAsync(folder.Absolute(file.Path), cancellationToken);
            if (footer?.Table == table && footer.Dataset == dataset && Name.IsValid(footer.Job))
                found.Add(new FoundFile(file, footer));
            else
                Log.StrayFile(logger, file.Path);
        }

        return found;
    }

    private IReadOnlyList<DataFile> FilesUnder(string path) => !Directory.Exists(path)
        ? []
        : [.. new DirectoryInfo(path).EnumerateFiles(PartName.Pattern, SearchOption.AllDirectories)
            .Select(file => new DataFile(folder.Relative(file.FullName), file.Length))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];
}
