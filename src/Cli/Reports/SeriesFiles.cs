using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Markdown;

namespace Rerank.Cli.Reports;

/// <summary>The time series beside a report in format C: <c>distribution/&lt;name&gt;_timeseries.md</c> and its <c>.idx</c>.</summary>
internal static class SeriesFiles
{
    /// <summary>Writes them for each run that has a series.</summary>
    /// <param name="report">Path of the report.</param>
    /// <param name="runs">The runs in it.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    internal static void Write(string report, IEnumerable<RunReport> runs)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(report))!, "distribution");
        foreach (var run in runs.Where(run => run.Series.Count > 0))
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, $"{run.Run.Run}_timeseries");
            File.WriteAllText($"{file}.md", FormatC.RenderSeries(run));
            File.WriteAllText($"{file}.idx", $"{run.Series[^1].Index}\n");
        }
    }
}
