using Rerank.Benchmarks.Whole;
using Rerank.Scorer.Models;

namespace Rerank.Benchmarks.Steady;

/// <summary>The comparison as Markdown.</summary>
internal sealed class SteadyReport(
    SteadyOptions options, string[] arguments, ModelFolder model, WholeWorkload workload, IReadOnlyList<TurnFigures> figures)
{
    private readonly TurnFigures? _pipeline = figures.FirstOrDefault(system => system.Taker.Key == Contenders.Pipeline);

    // By its median: in a single round the best of several is the luckiest.
    private string? BestOf(IReadOnlyList<string> keys) => figures
        .Where(system => keys.Contains(system.Taker.Key))
        .MaxBy(system => Spread.QuartilesOf(system.Turns.Select(turn => turn.TokensPerSecond)).Median)?.Taker.Key;

    internal string Text(double? loadBefore, TimeSpan turn) => string.Join('\n',
    [
        $"# Steady state: {model.Id}, {model.Precision}, {Path.GetFileNameWithoutExtension(options.Workload)}",
        "",
        $"`dotnet run -c Release --project tests/Benchmarks -- steady {string.Join(' ', arguments.Select(WholeReport.WithoutFolder))}`",
        "",
        .. HostFacts.Lines(),
        HostFacts.LoadLine(loadBefore),
        $"- model: {model.Identity}",
        $"- workload: {workload.Name}; {LengthFigures.Of(workload.Lengths)}",
        $"- {options.Rounds} rounds, in each of which each system has a turn of {turn.TotalSeconds:0.#} s; medians, quartiles in parentheses; "
            + "ratios are of the same round, by real tokens a second",
        "",
        "| system | pairs/s | CPU µs a real token | pipeline ÷ it | by CPU time |",
        "|---|--:|--:|--:|--:|",
        .. figures.Select(Row),
        "",
        .. Verdicts(),
        "",
    ]);

    private string Row(TurnFigures system) =>
        $"| {system.Taker.Title} | {Spread.QuartilesOf(system.Turns.Select(turn => turn.PairsPerSecond)).Text("F1")} "
        + $"| {Spread.QuartilesOf(system.Turns.Select(turn => turn.CpuUsAToken)).Text("F1")} "
        + $"| {Ratio(system.Taker.Key)?.Text("F2") ?? "–"} | {CpuRatio(system)?.Text("F2") ?? "–"} |";

    private IEnumerable<string> Verdicts()
    {
        yield return RequiredRatios.Line("the limit with the rows that suit it best", Ratio(BestOf(Takers.Limits)), RequiredRatios.Limit);
        yield return RequiredRatios.Line(
            "32 rows in arrival order, the better bare loop", Ratio(BestOf(Takers.FixedRows)), RequiredRatios.FixedRows(model.Precision, options.Workload));
        yield return RequiredRatios.Line(
            "transformers.js with 32 rows", Ratio(Contenders.Peer32), RequiredRatios.FixedRows(model.Precision, options.Workload));
        yield return RequiredRatios.Line("transformers.js with 1 row", Ratio(Contenders.PeerBest), RequiredRatios.PeerAtItsBest(model.Precision));
    }

    /// <summary>Tokens a second of the pipeline, divided by those of the other in the same round; null where one was not measured.</summary>
    private Spread? Ratio(string? key) => _pipeline is null || figures.FirstOrDefault(system => system.Taker.Key == key) is not { } other
        ? null
        : Spread.QuartilesOf(_pipeline.Turns.Zip(other.Turns, (own, others) => own.TokensPerSecond / others.TokensPerSecond));

    private Spread? CpuRatio(TurnFigures other) => _pipeline is null
        ? null
        : Spread.QuartilesOf(_pipeline.Turns.Zip(other.Turns, (own, others) => others.CpuUsAToken / own.CpuUsAToken));
}
