using DuckDB.NET.Data;
using Rerank.Cli.Reports.Recording;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Reports.Reading;

/// <summary>
/// The tables of a folder in DuckDB, each under its name and empty where it is absent. <c>measured</c> says which jobs a measurement had;
/// <c>job_passes</c>, <c>passes</c> and <c>pairs</c> are batches and scores with their measurement.
/// </summary>
internal sealed class ReportTables : IDisposable
{
    private const string NoRequests =
        """
        select null::varchar as run, 0 as configuration, 0 as repeat, 0::bigint as request, null::varchar as job, 0 as pairs,
          null::timestamptz as sent_at, null::timestamptz as answered_at, 0.0::double as sent_ms, 0.0::double as latency_ms
        where false
        """;

    private const string NoBatches =
        """
        select null::varchar as batch_id, null::varchar as job, null::varchar as scorer, 0 as "session", null::timestamptz as started_at,
          null::varchar as model, null::varchar as backend, null::varchar as device, null::varchar as "precision", 0 as pairs,
          0 as pass_pairs, 0 as length, 0::bigint as tokens_real, 0::bigint as tokens_padded, 0 as "window",
          null::varchar as close_reason, 0.0::double as predicted_ms, 0.0::double as target_latency_ms,
          0.0::double as target_throughput, 0.0::double as pairs_per_second, 0.0::double as cpu_percent, 0.0::double as rss_mb,
          0.0::double as device_memory_mb, 0.0::double as device_utilization, 0.0::double as broker_ms, 0.0::double as tokenize_ms,
          0.0::double as window_ms, 0.0::double as inference_ms, 0.0::double as publish_ms, 0.0::double as latency_ms
        where false
        """;

    private const string NoScores =
        """
        select null::varchar as job, null::varchar as id, 0 as tokens, null::varchar as batch_id, null::varchar as model,
          null::timestamptz as queued_at, null::timestamptz as received_at, null::timestamptz as durable_at
        where false
        """;

    // A pass that served several jobs of one measurement is one pass.
    private const string Views =
        """
        create view job_passes as
          select m.run, m.configuration, m.repeat, b.*, epoch_ms(b.started_at) as started_ms, epoch_ms(b.started_at) + b.inference_ms as ended_ms
          from batches b join measured m on b.job::varchar = m.job;
        create view passes as
          select run, configuration, repeat, batch_id, sum(pairs) as pairs, any_value(pass_pairs) as pass_pairs, any_value(scorer) as scorer,
            any_value("session") as "session", any_value(length) as length, any_value("window") as "window",
            any_value(tokens_real) as tokens_real, any_value(tokens_padded) as tokens_padded, any_value(close_reason) as close_reason,
            any_value(predicted_ms) as predicted_ms, any_value(inference_ms) as inference_ms, any_value(pairs_per_second) as pairs_per_second,
            any_value(target_latency_ms) as target_latency_ms, any_value(target_throughput) as target_throughput
          from job_passes group by run, configuration, repeat, batch_id;
        create view pairs as
          select m.run, m.configuration, m.repeat, m.job, s.id, s.tokens, s.batch_id, epoch_ms(s.queued_at) as queued_ms,
            epoch_ms(s.received_at) as received_ms, epoch_ms(s.durable_at) as durable_ms
          from scores s join measured m on s.job::varchar = m.job;
        """;

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private ReportTables()
    {
    }

    internal bool HasRequests { get; private init; }

    internal bool HasBatches { get; private init; }

    internal bool HasScores { get; private init; }

    /// <summary>Opens the tables.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="isBench">Whether measurements are those of the requests; else each job is one.</param>
    /// <exception cref="StageFailedException">No such folder, or it holds no table.</exception>
    internal static ReportTables Open(BenchFolder folder, bool isBench)
    {
        if (!Directory.Exists(folder.Path))
            throw new StageFailedException(ExitCode.WrongUsage, $"There is no folder '{folder.Path}'; give the --output of bench or run.");
        var tables = new ReportTables
        {
            HasRequests = isBench && HasParquet(folder.Requests),
            HasBatches = HasParquet(folder.Batches),
            HasScores = HasParquet(folder.Scores),
        };
        try
        {
            if (!tables.HasRequests && !tables.HasBatches && !tables.HasScores)
                throw new StageFailedException(
                    ExitCode.Failed,
                    $"There is no Parquet file under 'requests', 'batches' or 'scores' of '{folder.Path}'; give the --output of bench or run.");
            tables.CreateViews(folder, isBench);
            return tables;
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    /// <summary>All rows of a query.</summary>
    /// <exception cref="StageFailedException">A file is not what it should be.</exception>
    internal List<T> Query<T>(string sql, Func<ReportRow, T> read, params IEnumerable<(string Name, object Value)> parameters)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new DuckDBParameter(name, value));
        try
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            var row = new ReportRow(reader);
            while (reader.Read())
                rows.Add(read(row));
            return rows;
        }
        catch (DuckDBException e)
        {
            throw new StageFailedException(ExitCode.Failed, $"The tables cannot be read: {e.Message}");
        }
    }

    public void Dispose() => _connection.Dispose();

    private static bool HasParquet(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories).Any();

    private static string Files(string folder, bool isPartitionedByJob) =>
        $"select * from read_parquet('{Path.Combine(folder, "**", "*.parquet").Replace("'", "''", StringComparison.Ordinal)}', "
        + $"union_by_name = true, hive_partitioning = {(isPartitionedByJob ? "true, hive_types = {'job': varchar}" : "false")})";

    private void CreateViews(BenchFolder folder, bool isBench)
    {
        _connection.Open();
        // A bench has many small files, and would open all of them again for each figure of each configuration.
        var kind = isBench ? "table" : "view";
        Execute($"create {kind} requests as {(HasRequests ? Files(folder.Requests, false) : NoRequests)}");
        Execute($"create {kind} batches as {(HasBatches ? Files(folder.Batches, false) : NoBatches)}");
        Execute($"create {kind} scores as {(HasScores ? Files(folder.Scores, true) : NoScores)}");
        Execute("create table measured as " + (isBench
            ? "select distinct run, configuration, repeat, job from requests"
            : "select job as run, 1 as configuration, 1 as repeat, job from (select job from batches union select job from scores)"));
        Execute(Views);
    }

    private void Execute(string sql)
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        catch (DuckDBException e)
        {
            throw new StageFailedException(ExitCode.Failed, $"The tables cannot be read: {e.Message}");
        }
    }
}
