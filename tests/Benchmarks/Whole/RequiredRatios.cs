using Rerank.Scorer.Models;

namespace Rerank.Benchmarks.Whole;

/// <summary>What the pipeline should reach, as sentences; the ratio alone where nothing is asked of a precision or workload.</summary>
internal static class RequiredRatios
{
    internal static IEnumerable<string> Lines(Ratios ratios, ModelFolder model, string workload)
    {
        var fixedRows = (model.Precision, workload) switch
        {
            (_, "skewed") => 3.0,
            ("fp32", "msmarco") => 2.0,
            ("int8", "msmarco") => 2.6,
            _ => (double?)null,
        };
        var peer = model.Precision switch
        {
            "fp32" => 1.15,
            "int8" => 1.35,
            _ => (double?)null,
        };
        yield return Line("limit", ratios.Of(Contenders.Pipeline, Contenders.Limit), 0.93);
        if (ratios.OfCpu(Contenders.Pipeline, Contenders.Limit) is { } cpu)
            yield return $"- by CPU time a pair instead, which other work on the machine disturbs less, pipeline ÷ limit: {cpu.Text("F2")}.";
        if (ratios.Of(Contenders.Run, Contenders.Limit) is { } run)
            yield return $"- `rerank run` ÷ limit: {run.Text("F2")}.";
        yield return Line(
            "the better of both with 32 rows in arrival order (bare loop, pipeline)",
            ratios.Of(Contenders.Pipeline, [Contenders.Bare32, Contenders.PipelineFixed32]),
            fixedRows);
        yield return Line("transformers.js with 32 rows", ratios.Of(Contenders.Pipeline, Contenders.Peer32), peer);
        yield return Line("transformers.js with its best rows", ratios.Of(Contenders.Pipeline, Contenders.PeerBest), peer);
    }

    private static string Line(string other, Spread? ratio, double? wanted) => ratio is not { } measured
        ? $"- pipeline ÷ {other}: not measured."
        : $"- pipeline ÷ {other}: **{measured.Text("F2")}**" + (wanted is null
            ? "."
            : $", wanted at least {wanted:0.0#}: {(measured.Median >= wanted ? "holds" : "falls short")}.");
}
