namespace Rerank.Shared.Contracts;

/// <summary>
/// What a job is, fixed when it is made: KV <c>&lt;job&gt;.spec</c>, written once. Resuming a job with any other spec is refused.
/// </summary>
/// <param name="Job">Name of the job, <see cref="Name"/> rules.</param>
/// <param name="Kind">Ingested or published.</param>
/// <param name="Dataset">Id of the dataset its scores go to.</param>
/// <param name="Model">Model id, or full identity <c>id@revision/precision/hash</c>; a scorer serves the job if either is its own.</param>
/// <param name="MaxLength">Tokens a pair is cut to, special tokens included.</param>
/// <param name="Source">The source of an ingested job.</param>
/// <param name="ToolVersion">Version that made the job; a difference is no obstacle to resuming.</param>
public sealed record JobSpec(
    string Job,
    JobKind Kind,
    string Dataset,
    string Model,
    int MaxLength,
    JobSource? Source,
    string ToolVersion)
{
    /// <summary>What keeps <paramref name="stored"/> from being resumed as this spec: one line a difference, none if it can be.</summary>
    public IReadOnlyList<string> DifferencesFrom(JobSpec stored)
    {
        var differences = new List<string>();
        void Compare<T>(string what, T wanted, T existing)
        {
            if (!EqualityComparer<T>.Default.Equals(wanted, existing))
                differences.Add($"{what} is '{wanted}', the job has '{existing}'");
        }

        Compare("kind", Kind, stored.Kind);
        Compare("dataset", Dataset, stored.Dataset);
        Compare("model", Model, stored.Model);
        Compare("max length", MaxLength, stored.MaxLength);
        Compare("source", Source?.Name, stored.Source?.Name);
        Compare("format", Source?.Format, stored.Source?.Format);
        Compare("content of the source", Source?.Fingerprint, stored.Source?.Fingerprint);
        return differences;
    }
}
