using Rerank.Cli.Reports.Recording;

namespace Rerank.Cli.Reports.Reading;

/// <summary>The jobs of a dataset as runs of one configuration, with what the tables say of them.</summary>
internal static class JobRuns
{
    private const int BinTokens = 16;

    internal static IReadOnlyList<RunRecord> Read(ReportTables tables) =>
        [.. tables.Query("select job from measured order by 1", row => row.Text(0)).Select(job => Describe(tables, job))];

    private static RunRecord Describe(ReportTables tables, string job)
    {
        var passes = tables.Query(
            """
            select epoch_ms(min(started_at)), any_value(model), any_value(backend), any_value(device), any_value("precision")
            from job_passes where run = $run having count(*) > 0
            """,
            row => new RunRecord
            {
                Run = job,
                Name = job,
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Whole(0)),
                Model = row.Text(1),
                Backend = row.Text(2),
                Device = row.Text(3),
                Precision = row.Text(4),
                DeviceKind = DeviceKind.Real,
                Workload = new Workload($"job {job}", null, Lengths(tables, job)),
                Configurations = [new ConfigurationRecord { Index = 1 }],
            },
            ("run", job));
        return passes.Count > 0 ? passes[0] : FromScores(tables, job);
    }

    private static RunRecord FromScores(ReportTables tables, string job) => tables.Query(
        "select epoch_ms(min(queued_at)), any_value(model) from scores where job::varchar = $run",
        row => new RunRecord
        {
            Run = job,
            Name = job,
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Whole(0)),
            Model = row.Text(1),
            Backend = "-",
            Device = "-",
            DeviceKind = DeviceKind.Real,
            Workload = new Workload($"job {job}", null, Lengths(tables, job)),
            Configurations = [new ConfigurationRecord { Index = 1 }],
        },
        ("run", job))[0];

    private static List<LengthBin> Lengths(ReportTables tables, string job) => tables.Query(
        $"select (greatest(tokens, 1) - 1) // {BinTokens}, count(*) from pairs where run = $run group by 1 order by 1",
        row => new LengthBin((row.Small(0) * BinTokens) + 1, (row.Small(0) + 1) * BinTokens, row.Whole(1)),
        ("run", job));
}
