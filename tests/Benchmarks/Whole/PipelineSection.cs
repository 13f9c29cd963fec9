namespace Rerank.Benchmarks.Whole;

/// <summary>What the runs of the pipeline were made of: where a gap to the limit comes from.</summary>
internal static class PipelineSection
{
    internal static IEnumerable<string> Lines(IReadOnlyList<ContenderResult> results)
    {
        var runs = results.Where(result => result.Rounds[0].Dataset is not null).ToArray();
        if (runs.Length == 0)
            yield break;
        yield return "## Runs of the pipeline";
        yield return "";
        yield return "From the first `started_at` of a forward pass to the last `durable_at` of a score, by its Parquet tables; medians of the";
        yield return "rounds. *In passes* is time in forward passes as a part of that interval on all lanes; *predicted* is the time that was";
        yield return "predicted for them ÷ the time that they took; *lanes end apart* is from the last pass of the first lane that ended to that of";
        yield return "the last; *whole process*, of `run`, has the start and end of the processes, nats-server included.";
        yield return "";
        yield return "| system | passes | rows a pass, median and most | in passes | predicted | lanes end apart, ms | CPU ms a pair, whole process |";
        yield return "|---|--:|--:|--:|--:|--:|--:|";
        foreach (var run in runs)
        {
            var predicted = run.Rounds[0].Dataset!.PredictedPart is null ? "–" : $"{Median(run, data => data.PredictedPart!.Value):F2}";
            yield return $"| {run.Contender.Title} | {Median(run, data => data.Passes):F0} "
                + $"| {Median(run, data => data.MedianRows):F0}, {Median(run, data => data.MostRows):F0} "
                + $"| {Median(run, data => data.BusyPart):P1} | {predicted} | {Median(run, data => data.LanesDoneApartMs):F0} "
                + $"| {WholeProcess(run)} |";
        }

        yield return "";
    }

    private static string WholeProcess(ContenderResult run) => run.Rounds[0].WholeCpuSeconds is null
        ? "–"
        : $"{Spread.Of(run.Rounds.Select(round => round.WholeCpuSeconds!.Value * 1000 / round.Scores.Length)).Median:F2}";

    private static double Median(ContenderResult run, Func<DatasetFigures, double> figure) =>
        Spread.Of(run.Rounds.Select(round => figure(round.Dataset!))).Median;
}
