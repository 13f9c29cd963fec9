using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;

namespace Rerank.UnitTests.Cli.Reports.Seeds;

/// <summary>Parses a recorded report in format D: many runs.</summary>
internal static class RecordedRuns
{
    internal static IReadOnlyList<RunReport> Parse(string text)
    {
        var lines = new SeedLines(text);
        var runs = new List<RunReport>();
        while (lines.Has("## "))
            runs.Add(Run(lines));
        return runs;
    }

    private static RunReport Run(SeedLines lines)
    {
        var title = lines.After("## ").Split(" (");
        var settings = lines.After("**Backend:** ").Split(" | ").Select(part => part.Split('`')[^2]).ToArray();
        var configurations = lines.Table().Select((row, i) => Configuration(i + 1, row)).ToList();
        var run = new RunRecord
        {
            Run = title[0],
            Name = title[0],
            StartedAt = RecordedRun.Time(title[1].TrimEnd(')')),
            Model = "",
            Backend = settings[0],
            Device = settings[1],
            DynamicBatching = new DynamicBatching(bool.Parse(settings[2])),
            Configurations = [.. configurations.Select(configuration => configuration.Configuration)],
        };
        return new RunReport
        {
            Run = run,
            LatencyOf = "",
            Configurations = configurations,
            Overall = lines.Has("**Summary:** ", "---") ? Overall(lines.After("**Summary:** "), configurations[0].Configuration) : null,
        };
    }

    private static ConfigurationReport Configuration(int index, string[] row)
    {
        var configuration = new ConfigurationRecord { Index = index, Batch = Printed.Whole(row[0]), Concurrency = Printed.Whole(row[1]) };
        return row[2] == "ERROR" ? new ConfigurationReport { Configuration = configuration, Error = "recorded" } : new ConfigurationReport
        {
            Configuration = configuration,
            Pairs = Printed.Whole(row[2]),
            Seconds = Printed.Number(row[3]),
            Latency = RecordedRun.Nothing with
            {
                Mean = Printed.Number(row[4]),
                P50 = Printed.Number(row[5]),
                P95 = Printed.Number(row[6]),
                P99 = Printed.Number(row[7]),
            },
            PairsPerSecond = Printed.Number(row[8]),
            Throughput = RecordedRun.Nothing with
            {
                P50 = Printed.Number(row[9]),
                P95 = Printed.Number(row[10]),
                P99 = Printed.Number(row[11]),
            },
        };
    }

    private static OverallSummary Overall(string line, ConfigurationRecord any)
    {
        var values = line.Split(" | ").Select(part => Printed.Number(part.Split('=')[1])).ToArray();
        return new OverallSummary
        {
            BestPairsPerSecond = values[0],
            BestThroughputAt = any,
            BestLatencyMs = double.NaN,
            BestLatencyAt = any,
            MeanPairsPerSecond = values[1],
            MeanLatencyMs = values[2],
            MeanP99LatencyMs = values[3],
        };
    }
}
