using DuckDB.NET.Data;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Evaluation;

/// <summary>The scores of one job of a dataset, read with DuckDB.</summary>
/// <param name="Job">The job.</param>
/// <param name="Ranking">Its scores; a row without a document id stands under its own id.</param>
/// <param name="Rows">Rows read.</param>
internal sealed record DatasetScores(string Job, Ranking Ranking, long Rows)
{
    /// <summary>Reads <c>&lt;folder&gt;/scores/**/*.parquet</c>.</summary>
    /// <param name="folder">The dataset, as <c>run --output</c> named it.</param>
    /// <param name="job">Which job; null if there is only one.</param>
    /// <exception cref="StageFailedException">No such folder, no scores, or more jobs than one and none named.</exception>
    internal static DatasetScores Read(string folder, string? job)
    {
        if (!Directory.Exists(folder))
            throw new StageFailedException(ExitCode.WrongUsage, $"--scores is '{folder}'; there is no such folder.");
        var scores = Path.Combine(folder, "scores");
        if (!Directory.Exists(scores) || !Directory.EnumerateFiles(scores, "*.parquet", SearchOption.AllDirectories).Any())
            throw new StageFailedException(
                ExitCode.Failed, $"--scores is '{folder}'; there is no Parquet file under '{scores}'. It must be the folder given to run --output.");

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var files = $"read_parquet('{Path.Combine(scores, "**", "*.parquet").Replace("'", "''", StringComparison.Ordinal)}', hive_partitioning = true)";
        return ReadRows(connection, files, ChooseJob(connection, files, folder, job));
    }

    private static string ChooseJob(DuckDBConnection connection, string files, string folder, string? wanted)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select distinct job::varchar from {files} order by 1";
        using var reader = command.ExecuteReader();
        var jobs = new List<string>();
        while (reader.Read())
            jobs.Add(reader.GetString(0));

        if (wanted is null && jobs.Count == 1)
            return jobs[0];
        if (wanted is not null && jobs.Contains(wanted, StringComparer.Ordinal))
            return wanted;
        var problem = wanted is null ? $"'{folder}' holds {jobs.Count} jobs" : $"'{folder}' has no scores of job '{wanted}'";
        throw new StageFailedException(ExitCode.WrongUsage, $"{problem}; choose one with --job: {string.Join(", ", jobs)}.");
    }

    private static DatasetScores ReadRows(DuckDBConnection connection, string files, string job)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select query_id, coalesce(document_id, id), score from {files} where job::varchar = $job";
        command.Parameters.Add(new DuckDBParameter("job", job));
        using var reader = command.ExecuteReader();
        var ranking = new Ranking();
        var rows = 0L;
        for (; reader.Read(); rows++)
            ranking.Add(reader.GetString(0), reader.GetString(1), reader.GetFloat(2));
        return new DatasetScores(job, ranking, rows);
    }
}
