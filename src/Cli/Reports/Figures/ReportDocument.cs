namespace Rerank.Cli.Reports.Figures;

/// <summary>The runs of one folder, or of two that are laid side by side.</summary>
/// <param name="Runs">Of the first folder, by time.</param>
/// <param name="Others">Of the second; null if there is none.</param>
internal sealed record ReportDocument(IReadOnlyList<RunReport> Runs, IReadOnlyList<RunReport>? Others = null)
{
    internal IEnumerable<RunReport> All() => Others is null ? Runs : Runs.Concat(Others);

    /// <summary>The runs of the first folder, each with the one of the second that has its name, else its place, or with none.</summary>
    internal IReadOnlyList<RunPair> Pairs()
    {
        if (Others is null)
            return [];
        var left = Others.ToList();
        var pairs = new List<RunPair>();
        foreach (var run in Runs)
        {
            var other = left.Find(candidate => candidate.Run.Name == run.Run.Name) ?? (Runs.Count == 1 && Others.Count == 1 ? Others[0] : null);
            if (other is not null)
                left.Remove(other);
            pairs.Add(new RunPair(run, other));
        }

        return [.. pairs, .. left.Select(other => new RunPair(null, other))];
    }
}
