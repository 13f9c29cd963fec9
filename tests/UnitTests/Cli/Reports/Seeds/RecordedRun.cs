using System.Globalization;
using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Recording;
using Rerank.Cli.Reports.Statistics;

namespace Rerank.UnitTests.Cli.Reports.Seeds;

/// <summary>Parses a recorded report in format A or B.</summary>
internal static class RecordedRun
{
    internal static RunReport Parse(string text)
    {
        var lines = new SeedLines(text);
        var run = Header(lines);
        var results = lines.Table();
        var configurations = results.Select((row, i) => Configuration(lines, i + 1, row)).ToList();
        run = run with { Configurations = [.. configurations.Select(configuration => configuration.Configuration)] };
        var overall = Overall(lines, configurations);
        SeriesSummary? summary = null;
        IReadOnlyList<SeriesRow> series = [];
        if (lines.Has("## Dashboard Metrics Summary"))
        {
            summary = Summary(lines.Table());
            series = [.. lines.Table().Select(Series)];
        }

        return new RunReport
        {
            Run = run,
            LatencyOf = "",
            Configurations = configurations,
            Overall = overall,
            SeriesSummary = summary,
            Series = series,
        };
    }

    private static RunRecord Header(SeedLines lines)
    {
        var name = lines.After("# ");
        var run = new RunRecord
        {
            Run = name,
            Name = name,
            Description = lines.Has("_", "**") ? lines.After("_")[..^1] : null,
            StartedAt = Time(lines.After("**Timestamp:** ")),
            Model = lines.After("**Model:** ").Trim('`'),
            Backend = "",
            Device = "",
            Configurations = [],
        };
        if (lines.Has("**Device:** ", "## "))
            return run with
            {
                Device = lines.After("**Device:** ").Trim('`'),
                Backend = lines.After("**Backend:** ").Trim('`'),
                DynamicBatching = new DynamicBatching(lines.After("**Dynamic Batching:** ") == "`True`"),
                ModelType = lines.After("**Model Type:** "),
                RequestsPerConfiguration = Printed.Whole(lines.After("**Requests per config:** ").Trim('`')),
            };

        var backend = lines.After("**Backend:** ").Split(" | **Device:** ");
        return run with
        {
            Backend = backend[0].Trim('`'),
            Device = backend[1].Trim('`'),
            DynamicBatching = lines.Has("**Dynamic Batching:** enabled", "## ") ? Dynamic(lines.After("**Dynamic Batching:** enabled (")) : null,
        };
    }

    private static DynamicBatching Dynamic(string settings)
    {
        var parts = settings.TrimEnd(')').Split(", ");
        return new DynamicBatching(true, Printed.Whole(parts[0]["max_batch=".Length..]), Printed.Number(parts[1]["timeout=".Length..]));
    }

    private static ConfigurationReport Configuration(SeedLines lines, int index, string[] row)
    {
        lines.After($"### Config {index}: ");
        var total = lines.After("**Total:** ").Split(' ');
        var latency = Values(lines.Table());
        var throughput = Values(lines.Table());
        var analysis = lines.Has("#### Latency vs Throughput Analysis", "##") ? Analysis(lines) : null;
        return new ConfigurationReport
        {
            Configuration = new ConfigurationRecord { Index = index, Batch = Printed.Whole(row[0]), Concurrency = Printed.Whole(row[1]) },
            Pairs = Printed.Whole(total[0]),
            Seconds = Printed.Number(total[3]),
            Latency = Distribution(latency) with
            {
                Mean = Printed.Both(latency["Average"], row[4]),
                P95 = Printed.Both(latency["P95"], row[5]),
                P99 = Printed.Both(latency["P99"], row[6]),
            },
            PairsPerSecond = Printed.Both(throughput["Average"], row[7]),
            Throughput = Distribution(throughput) with { P95 = Printed.Both(throughput["P95"], row[8]) },
            Analysis = analysis,
        };
    }

    private static LatencyAnalysis Analysis(SeedLines lines)
    {
        var bands = lines.Table().Select(row =>
        {
            var (range, name) = (row[0].Split(" (")[0], row[0].Split('(')[1].TrimEnd(')'));
            var bounds = range.TrimStart('<', '>', '=', ' ').Split('-').Select(Printed.Number).ToArray();
            return new LatencyBand(
                name,
                range[0] == '<' ? null : bounds[0],
                range[0] == '>' ? null : bounds[^1],
                Printed.Number(row[1]),
                Printed.Number(row[2]),
                Printed.Number(row[3]),
                Printed.Whole(row[4]));
        }).ToList();
        return new LatencyAnalysis(bands, Printed.Number(lines.After("**Correlation:** ").Split(' ')[0]));
    }

    private static OverallSummary Overall(SeedLines lines, IReadOnlyList<ConfigurationReport> configurations)
    {
        lines.After("## Overall Summary");
        var rows = lines.Table();
        return new OverallSummary
        {
            BestPairsPerSecond = Printed.Number(rows[0][1]),
            BestThroughputAt = At(rows[0][2], configurations),
            BestLatencyMs = Printed.Number(rows[1][1]),
            BestLatencyAt = At(rows[1][2], configurations),
            MeanPairsPerSecond = Printed.Number(rows[2][1]),
            MeanLatencyMs = Printed.Number(rows[3][1]),
            MeanP99LatencyMs = double.NaN,
        };
    }

    private static ConfigurationRecord At(string cell, IReadOnlyList<ConfigurationReport> configurations) => configurations
        .Select(report => report.Configuration)
        .Single(configuration => cell == $"batch={configuration.Batch}, conc={configuration.Concurrency}");

    private static SeriesSummary Summary(IReadOnlyList<string[]> rows) => new()
    {
        DeviceMemoryMb = Reading(rows[0]),
        DeviceUtilization = Reading(rows[1]),
        CpuPercent = Reading(rows[2]),
        TokenizeMs = Reading(rows[3]),
        InferenceMs = Reading(rows[4]),
        QueueWaitMs = Reading(rows[5]),
        PaddingPercent = Reading(rows[6]),
    };

    private static SeriesRow Series(string[] row) => new()
    {
        Index = Printed.Whole(row[0]),
        DeviceMemoryMb = Printed.Number(row[1]),
        DeviceUtilization = Printed.Number(row[2]),
        CpuPercent = Printed.Number(row[3]),
        LatencyMs = Printed.Number(row[4]),
        PairsPerSecond = Printed.Number(row[5]),
        TokenizeMs = Printed.Number(row[6]),
        InferenceMs = Printed.Number(row[7]),
        QueueWaitMs = Printed.Number(row[8]),
        PaddingPercent = Printed.Number(row[9]),
    };

    private static Dictionary<string, string> Values(IReadOnlyList<string[]> rows) => rows.ToDictionary(row => row[0], row => row[1]);

    private static Distribution Distribution(Dictionary<string, string> values) => Nothing with
    {
        Mean = Printed.Number(values["Average"]),
        Min = Printed.Number(values["Min"]),
        Max = Printed.Number(values["Max"]),
        StandardDeviation = Printed.Number(values["Std Dev"]),
        P50 = Printed.Number(values["P50"]),
        P90 = Printed.Number(values["P90"]),
        P95 = Printed.Number(values["P95"]),
        P99 = Printed.Number(values["P99"]),
    };

    private static Distribution Reading(string[] row) => Nothing with
    {
        Mean = Printed.Number(row[1]),
        Min = Printed.Number(row[2]),
        Max = Printed.Number(row[3]),
        P50 = Printed.Number(row[4]),
        P95 = Printed.Number(row[5]),
    };

    /// <summary>A distribution of which nothing was recorded.</summary>
    internal static Distribution Nothing { get; } = new()
    {
        Count = 0,
        Mean = double.NaN,
        Min = double.NaN,
        Max = double.NaN,
        StandardDeviation = double.NaN,
        P50 = double.NaN,
        P75 = double.NaN,
        P90 = double.NaN,
        P95 = double.NaN,
        P99 = double.NaN,
    };

    internal static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
