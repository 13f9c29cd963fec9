using Rerank.Shared.Contracts;
using Rerank.Sink.Dedup;

namespace Rerank.Sink.Dataset;

/// <summary>Makes one job's manifest again out of what is left of it and of the footers of its files.</summary>
internal sealed class JobRecovery
{
    private readonly DatasetFolder _folder;
    private readonly string _dataset;
    private readonly string _job;
    private readonly JobManifest? _manifest;
    private readonly IntervalSet _written = new();
    private readonly EpochBases _epochs = new();
    private readonly BatchIdSet _batchIds = new();
    private readonly List<DataFile> _scores = [];
    private readonly List<DataFile> _batches = [];
    private JobSpec? _spec;

    /// <param name="folder">The dataset.</param>
    /// <param name="dataset">Its id.</param>
    /// <param name="job">The job.</param>
    /// <param name="manifest">Its manifest, if there is one that can be read.</param>
    /// <param name="areFilesIntact">All scores files of the manifest are there, so that its ordinals hold.</param>
    public JobRecovery(DatasetFolder folder, string dataset, string job, JobManifest? manifest, bool areFilesIntact)
    {
        _folder = folder;
        _dataset = dataset;
        _job = job;
        _manifest = manifest;
        if (manifest is null)
            return;

        _spec = manifest.Spec;
        _epochs.Restore(manifest.Epochs);
        _batchIds.UnionWith(BatchIdSet.Parse(manifest.BatchIds));
        _batches.AddRange(manifest.Batches.Where(file => File.Exists(folder.Absolute(file.Path))));
        if (!areFilesIntact)
            return;
        _written.UnionWith(IntervalSet.Parse(manifest.Written));
        _scores.AddRange(manifest.Scores);
    }

    /// <summary>Scores files that are accounted for.</summary>
    public IReadOnlyList<DataFile> ScoresFiles => _scores;

    /// <summary>Adds a scores file; false if it repeats ordinals of others, so that readers see them twice.</summary>
    public bool AddScores(FoundFile found)
    {
        var ordinals = IntervalSet.Parse(found.Footer.Ordinals);
        var before = _written.Count;
        _written.UnionWith(ordinals);
        _epochs.Restore(found.Footer.Epochs);
        _spec ??= found.Footer.Spec;
        _scores.Add(found.File);
        return _written.Count == before + ordinals.Count;
    }

    /// <summary>Adds a batches file; false, and it is not added, if the scores that belong to it never came.</summary>
    public bool AddBatches(FoundFile found)
    {
        if (found.Footer.ScoresFile is { } name && !WasWritten(_folder.Relative(Path.Combine(_folder.ScoresOf(_job), name))))
            return false;
        _epochs.Restore(found.Footer.Epochs);
        _batchIds.UnionWith(BatchIdSet.Parse(found.Footer.BatchIds));
        _spec ??= found.Footer.Spec;
        _batches.Add(found.File);
        return true;
    }

    public JobManifest ToManifest()
    {
        var success = SuccessFile.Read(_folder.Path, _job);
        var dead = IntervalSet.Parse(_manifest?.DeadOrdinals ?? success?.DeadOrdinals ?? "");
        foreach (var interval in dead.Intervals.ToList())
        {
            for (var ordinal = interval.First; ordinal <= interval.Last; ordinal++)
            {
                if (_written.Contains(ordinal))
                    dead.Remove(ordinal);
            }
        }

        return new JobManifest
        {
            Job = _job,
            Dataset = _dataset,
            Spec = _spec,
            Total = _manifest?.Total ?? (_spec?.Kind == JobKind.Ingested ? success?.Total : null),
            Complete = success is not null && (_manifest?.Complete ?? true) && _written.Count == success.Rows && dead.Count == success.Dead,
            Rows = _written.Count,
            Dead = dead.Count,
            Written = _written.ToString(),
            DeadOrdinals = dead.ToString(),
            Epochs = _epochs.All,
            Retries = _manifest?.Retries ?? [],
            BatchIds = _batchIds.ToText(),
            Scores = [.. _scores.OrderBy(file => file.Path, StringComparer.Ordinal)],
            Batches = [.. _batches.OrderBy(file => file.Path, StringComparer.Ordinal)],
        };
    }

    private bool WasWritten(string scoresFile) =>
        _scores.Exists(file => file.Path == scoresFile) || _manifest?.Scores.Any(file => file.Path == scoresFile) == true;
}
