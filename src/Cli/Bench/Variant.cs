using Rerank.Cli.Bench.Experiments;

namespace Rerank.Cli.Bench;

/// <summary>One combination of an experiment's axes beside its grid: what a run has in common.</summary>
internal sealed record Variant(string Backend, string Precision, bool Adaptive, int? Scorers, TimeSpan? TargetLatency, int? TargetThroughput)
{
    /// <summary>All of an experiment, as the reference did it first.</summary>
    internal static IEnumerable<Variant> Of(Experiment experiment) =>
        from backend in experiment.Backends
        from precision in experiment.Precisions
        from scorers in experiment.Scorers
        from latency in experiment.TargetLatencies
        from throughput in experiment.TargetThroughputs
        from adaptive in experiment.Adaptive.Order()
        select new Variant(backend, precision, adaptive, scorers, latency, throughput);

    /// <summary>Name of the run: the experiment's, and whatever tells this one from the others. Without adaptivity it is called as the reference's.</summary>
    internal string NameIn(Experiment experiment)
    {
        string?[] parts =
        [
            experiment.Name,
            experiment.Backends.Count > 1 ? Backend : null,
            experiment.Precisions.Count > 1 ? Precision : null,
            experiment.Scorers.Count > 1 ? $"s{Scorers}" : null,
            experiment.TargetLatencies.Count > 1 ? $"{TargetLatency?.TotalMilliseconds}ms" : null,
            experiment.TargetThroughputs.Count > 1 ? $"{TargetThroughput}ps" : null,
            experiment.Adaptive.Count > 1 && Adaptive ? "adaptive" : null,
        ];
        return string.Join('_', parts.OfType<string>());
    }
}
