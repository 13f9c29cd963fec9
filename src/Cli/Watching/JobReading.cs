using Rerank.Cli.Output;
using Rerank.Cli.Running;
using Rerank.Shared.Contracts;

namespace Rerank.Cli.Watching;

/// <summary>How a job goes, at one moment.</summary>
/// <param name="Job">How far it is.</param>
/// <param name="Scorers">Those that are alive.</param>
/// <param name="PairsPerSecond">Scored over the last seconds, of all jobs of these Scorers; null with the first reading.</param>
/// <param name="TokensPerSecond">The same, without padding.</param>
/// <param name="PassSizes">Mean pairs of the passes between two heartbeats, the latest last.</param>
internal sealed record JobReading(
    JobView Job,
    IReadOnlyList<ScorerHeartbeat> Scorers,
    double? PairsPerSecond,
    double? TokensPerSecond,
    IReadOnlyList<double> PassSizes) : IShownProgress
{
    private const string NothingKnown = "–";

    /// <summary>How old this is, where the broker has not answered since; null for a fresh reading.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>What to say of that age; empty for a fresh reading.</summary>
    internal string Silence => Age is { } age ? $"no answer from the broker for {age.TotalSeconds:N0} s; these figures are that old" : "";

    internal bool IsComplete => Job.State == "complete";

    public double? Fraction => Job.Total is > 0 and { } total ? Math.Min(1, (double)(Job.Written + Job.Dead) / total) : null;

    /// <summary>Such as <c>1,200 pairs/s, 96,000 tokens/s</c>.</summary>
    internal string Rate => PairsPerSecond is null ? NothingKnown : $"{PairsPerSecond:N0} pairs/s, {TokensPerSecond:N0} tokens/s";

    internal string Lag => $"{Job.Waiting:N0} waiting, {Job.InProgress:N0} being scored";

    internal string Rows => $"{Job.Written:N0} of {Job.Total?.ToString("N0") ?? "?"} durable, {Job.Dead:N0} dead";

    /// <summary>The worst of the Scorers, for they share the job.</summary>
    internal string Latency => Slowest is { LatencyP95Ms: { } p95, TargetLatencyMs: var target }
        ? $"{p95:N0} ms{(target is null ? ", no target" : $" of {target:N0} ms{(IsLate ? ", missed" : ", met")}")}"
        : NothingKnown;

    internal bool IsLate => Slowest?.LatencyMissedByMs is not null;

    internal string Passes => PassSizes.Count == 0 ? NothingKnown : $"{Sparkline.Of(PassSizes)} {PassSizes[^1]:0.#} pairs a pass";

    private ScorerPace? Slowest => Scorers.Select(scorer => scorer.Pace).Where(pace => pace is not null).MaxBy(pace => pace!.LatencyP95Ms ?? -1);

    public string ToText() =>
        $"{Job.Job} {Job.State}: {Rows}; {Lag}; {Rate}; p95 {Latency}; {(PassSizes.Count == 0 ? "" : $"{PassSizes[^1]:0.#} pairs a pass; ")}"
        + $"{Scorers.Count} {(Scorers.Count == 1 ? "scorer" : "scorers")} alive{(Age is null ? "" : $"; {Silence}")}";
}
