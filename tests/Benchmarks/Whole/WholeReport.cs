using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;

namespace Rerank.Benchmarks.Whole;

/// <summary>The comparison as Markdown.</summary>
internal sealed class WholeReport(
    WholeOptions options, string[] arguments, ModelFolder model, WholeWorkload workload, IReadOnlyList<ContenderResult> results)
{
    internal string Text(IReadOnlyList<Contender> asked, double? loadBefore)
    {
        var agreement = new Agreement(results);
        return string.Join('\n',
        [
            $"# Whole runs: {model.Id}, {model.Precision}, {Path.GetFileNameWithoutExtension(options.Workload)}",
            "",
            $"`dotnet run -c Release --project tests/Benchmarks -- whole {string.Join(' ', arguments.Select(WithoutFolder))}`",
            "",
            .. HostFacts.Lines(),
            HostFacts.LoadLine(loadBefore),
            $"- model: {model.Identity}; {Rewrites()}",
            $"- workload: {workload.Name}; {LengthFigures.Of(workload.Lengths)}",
            $"- rounds, in each of which all take a turn: {options.Rounds}; figures are medians, least and most in parentheses",
            "",
            "| system | set up as | pairs | pairs/s | CPU ms a pair | padding | pipeline ÷ it | largest difference of a score |",
            "|---|---|--:|--:|--:|--:|--:|--:|",
            .. results.Select(result => Row(result, agreement)),
            "",
            .. asked.Where(contender => contender.Missing is not null)
                .Select(contender => $"Not measured: {contender.Title}. {contender.Missing}"),
            agreement.Line,
            .. results.Where(result => !agreement.Holds(result)).Select(result =>
                $"**{result.Contender.Title} computes something else: its figures are no comparison.**"),
            "",
            "## Ratios",
            "",
            .. RequiredRatios.Lines(new Ratios(results), model, options.Workload),
            "",
            .. PipelineSection.Lines(results),
            .. TrialLines(),
            "",
        ]);
    }

    private string Row(ContenderResult result, Agreement agreement)
    {
        var ratio = new Ratios(results).Of(Contenders.Pipeline, result.Key);
        return $"| {result.Contender.Title} | {result.Chosen.Name} | {result.Rounds[0].Scores.Length:N0} "
            + $"| {Spread.Of(result.Rounds.Select(round => round.PairsPerSecond)).Text("F1")} "
            + $"| {Spread.Of(result.Rounds.Select(round => round.CpuMsAPair)).Median:F2} "
            + $"| {Spread.Of(result.Rounds.Select(round => round.PaddingWaste)).Median:P1} "
            + $"| {ratio?.Median.ToString("F2") ?? "–"} | {agreement.Largest(result):G2} |";
    }

    private IEnumerable<string> TrialLines()
    {
        var trials = results.Where(result => result.Trial.Count > 0).ToArray();
        if (trials.Length == 0)
            yield break;
        yield return "## Trials";
        yield return "";
        var pairs = Math.Min(options.TrialPairs, workload.Lengths.Length);
        yield return $"The best set-up was chosen with the first {pairs:N0} pairs, the better of two turns; pairs/s:";
        yield return "";
        foreach (var result in trials)
        {
            var rates = result.Trial.Select(trial => $"{trial.Name} {trial.PairsPerSecond:F1}");
            yield return $"- {result.Contender.Title}: {string.Join("; ", rates)}";
        }
    }

    private string Rewrites()
    {
        using var file = File.OpenRead(model.OnnxPath);
        return ModelProto.Parser.ParseFrom(file).MetadataProps.Any(note => note.Key == "rerank.optimize") ? "optimized" : "not optimized";
    }

    internal static string WithoutFolder(string argument) =>
        argument.Contains(Path.DirectorySeparatorChar) ? Path.GetFileName(argument) : argument;
}
