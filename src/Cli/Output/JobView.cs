using Rerank.Ingest.Jobs;
using Rerank.Shared.Contracts;

namespace Rerank.Cli.Output;

/// <summary>A job as <c>jobs</c> and <c>status</c> show it.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Kind">ingested | published.</param>
/// <param name="State">open | publishing | scoring | complete.</param>
/// <param name="Dataset">Id of its dataset.</param>
/// <param name="Model">The identity it is bound to, or what it asks for.</param>
/// <param name="Total">Ordinals; null while not known.</param>
/// <param name="Published">Records read from the source; null for a job that others publish to.</param>
/// <param name="Waiting">Pairs that no Scorer has.</param>
/// <param name="InProgress">Pairs that Scorers hold.</param>
/// <param name="Written">Rows in the dataset.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="Output">Folder of the dataset, as its Sink sees it.</param>
internal sealed record JobView(
    string Job,
    string Kind,
    string State,
    string Dataset,
    string Model,
    long? Total,
    long? Published,
    long Waiting,
    long InProgress,
    long Written,
    long Dead,
    string? Output)
{
    internal static JobView Of(JobStatus status)
    {
        var ingested = status.Spec.Kind == JobKind.Ingested;
        return new JobView(
            status.Spec.Job,
            ingested ? "ingested" : "published",
            StateOf(status),
            status.Spec.Dataset,
            status.Model ?? status.Spec.Model,
            status.Ingest?.Total,
            ingested ? status.Ingest?.NextOrdinal : null,
            status.Lag?.Pending ?? 0,
            status.Lag?.AckPending ?? 0,
            status.Sink?.Written ?? 0,
            status.Sink?.Dead ?? 0,
            status.Sink?.Output);
    }

    internal string ToLine() =>
        $"{Job}  {Kind}, {State}  {Written:N0} of {Total?.ToString("N0") ?? "?"} rows, {Dead:N0} dead, {Waiting + InProgress:N0} waiting  {Model}";

    private static string StateOf(JobStatus status) => status switch
    {
        { Sink.Complete: true } => "complete",
        { Spec.Kind: JobKind.Published, Ingest.Closed: false } => "open",
        { Spec.Kind: JobKind.Ingested, Ingest.Total: null } => "publishing",
        _ => "scoring",
    };
}
