using System.Text.Json;
using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Reports.Reading;

/// <summary>Reads the runs of a folder from its tables: of a bench where it has a <c>runs</c> folder, else each job of a dataset.</summary>
internal static class ReportReader
{
    internal const string OfRequests = "requests, from sent (in an open loop: due) to answered, at the caller";
    internal const string OfPairs = "pairs, from queued to durable (no requests were recorded); throughput percentiles are those of forward passes";
    internal const string OfPasses = "the oldest pair of each forward pass (neither requests nor scores are there); throughput percentiles are those of forward passes";

    /// <exception cref="StageFailedException">No such folder, no tables, or a file that cannot be read.</exception>
    internal static IReadOnlyList<RunReport> Read(string path)
    {
        var folder = new BenchFolder(path);
        var recorded = Recorded(folder);
        using var tables = ReportTables.Open(folder, isBench: recorded.Count > 0);
        return [.. (recorded.Count > 0 ? recorded : JobRuns.Read(tables))
            .OrderBy(run => run.StartedAt)
            .ThenBy(run => run.Run, StringComparer.Ordinal)
            .Select(run => Report(tables, run, isBench: recorded.Count > 0))];
    }

    private static List<RunRecord> Recorded(BenchFolder folder)
    {
        if (!Directory.Exists(folder.Runs))
            return [];
        var runs = new List<RunRecord>();
        foreach (var file in Directory.EnumerateFiles(folder.Runs, "*.json"))
        {
            try
            {
                runs.Add(JsonSerializer.Deserialize(File.ReadAllBytes(file), RecordJson.Default.RunRecord)
                    ?? throw new JsonException("It is null."));
            }
            catch (JsonException e)
            {
                throw new StageFailedException(ExitCode.Failed, $"{file} is not the record of a run: {e.Message}");
            }
        }

        return runs;
    }

    private static RunReport Report(ReportTables tables, RunRecord run, bool isBench)
    {
        var configurations = run.Configurations.Select(configuration => Report(tables, run, configuration, isBench)).ToList();
        var step = SeriesQuery.Step(tables, run.Run);
        var series = SeriesQuery.Read(tables, run.Run, step);
        return new RunReport
        {
            Run = run,
            LatencyOf = isBench ? OfRequests : tables.HasScores ? OfPairs : OfPasses,
            Configurations = configurations,
            Overall = OverallSummary.Of(configurations),
            Saturation = Saturation.Of(configurations),
            Series = series,
            SeriesStep = step,
            SeriesSummary = series.Count > 0 ? SeriesSummary.Of(series) : null,
        };
    }

    private static ConfigurationReport Report(ReportTables tables, RunRecord run, ConfigurationRecord configuration, bool isBench)
    {
        var scope = new Scope(run.Run, configuration.Index);
        var report = isBench ? AnswerQueries.Read(tables, configuration, scope) : PairQueries.Read(tables, configuration, scope);
        return report with
        {
            Error = report.PairsPerSecond is not null
                ? null
                : run.Failures.FirstOrDefault(failure => failure.Configuration == configuration.Index)?.Message ?? "not measured",
            TokensPerSecond = report.Seconds > 0 ? PassQueries.Tokens(tables, scope) / report.Seconds : null,
            Stages = StageQueries.Read(tables, scope, isBench ? report.Latency?.Mean : null),
            Passes = PassQueries.Passes(tables, scope),
            Prediction = PassQueries.Prediction(tables, scope),
            Workers = PassQueries.Workers(tables, scope, report.Seconds),
        };
    }
}
