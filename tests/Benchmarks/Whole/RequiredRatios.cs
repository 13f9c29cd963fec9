using Rerank.Scorer.Models;

namespace Rerank.Benchmarks.Whole;

/// <summary>What the pipeline should reach, as sentences; the ratio alone where nothing is asked of a precision or workload.</summary>
internal static class RequiredRatios
{
    internal const double Limit = 0.93;

    /// <summary>Against 32 rows in arrival order, by a bare loop or another program.</summary>
    internal static double? FixedRows(string precision, string workload) => (precision, workload) switch
    {
        (_, "skewed") => 3.0,
        ("fp32", "msmarco") => 2.0,
        ("int8", "msmarco") => 2.6,
        _ => null,
    };

    internal static double? PeerAtItsBest(string precision) => precision switch
    {
        "fp32" => 1.15,
        "int8" => 1.35,
        _ => null,
    };

    internal static IEnumerable<string> Lines(Ratios ratios, ModelFolder model, string workload)
    {
        var fixedRows = FixedRows(model.Precision, workload);
        yield return Line("limit", ratios.Of(Contenders.Pipeline, Contenders.Limit), Limit);
        if (ratios.OfCpu(Contenders.Pipeline, Contenders.Limit) is { } cpu)
            yield return $"- by CPU time a pair instead, which other work on the machine disturbs less, pipeline ÷ limit: {cpu.Text("F2")}.";
        if (ratios.Of(Contenders.Run, Contenders.Limit) is { } run)
            yield return $"- `rerank run` ÷ limit: {run.Text("F2")}.";
        yield return Line(
            "the better of both with 32 rows in arrival order (bare loop, pipeline)",
            ratios.Of(Contenders.Pipeline, [Contenders.Bare32, Contenders.PipelineFixed32]),
            fixedRows);
        yield return Line("transformers.js with 32 rows", ratios.Of(Contenders.Pipeline, Contenders.Peer32), fixedRows);
        yield return Line(
            "transformers.js with its best rows", ratios.Of(Contenders.Pipeline, Contenders.PeerBest), PeerAtItsBest(model.Precision));
    }

    /// <summary>A sentence about one ratio, with a verdict where something is wanted.</summary>
    internal static string Line(string other, Spread? ratio, double? wanted) => ratio is not { } measured
        ? $"- pipeline ÷ {other}: not measured."
        : $"- pipeline ÷ {other}: **{measured.Text("F2")}**" + (wanted is null
            ? "."
            : $", wanted at least {wanted:0.0#}: {(measured.Median >= wanted ? "holds" : "falls short")}.");
}
