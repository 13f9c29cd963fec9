using System.Text.Json;
using Rerank.Shared;
using Rerank.Shared.Contracts;
using Rerank.Sink.Dataset;
using Rerank.Sink.Parquet;

namespace Rerank.Cli.Reports.Recording;

/// <summary>Writes what the bench measured. A file appears whole or not at all, so that what is there after a stop is done.</summary>
internal sealed class BenchOutput(string path)
{
    private const int RowGroupRows = 64 * 1024;

    internal BenchFolder Folder { get; } = new(path);

    /// <summary>Writes or replaces the record of a run: at its start, and again when a measurement failed.</summary>
    /// <exception cref="ArgumentException">The run's id is no name.</exception>
    /// <exception cref="IOException">The disk did not take it.</exception>
    internal void Write(RunRecord run)
    {
        if (!Name.IsValid(run.Run))
            throw new ArgumentException($"The run's id is '{run.Run}'; it must be {Name.Rule}.", nameof(run));
        Directory.CreateDirectory(Folder.Runs);
        var file = Folder.RunFile(run.Run);
        DurableFile.Write($"{file}.tmp", JsonSerializer.SerializeToUtf8Bytes(run, RecordJson.Default.RunRecord));
        DurableFile.Move($"{file}.tmp", file, overwrite: true);
    }

    /// <summary>The record of a run; null if there is none.</summary>
    internal RunRecord? Find(string run) => File.Exists(Folder.RunFile(run))
        ? JsonSerializer.Deserialize(File.ReadAllBytes(Folder.RunFile(run)), RecordJson.Default.RunRecord)
        : null;

    /// <summary>Whether the requests of a measurement are there: a resumed sweep leaves it out.</summary>
    internal bool Has(Measurement measurement) => File.Exists(Folder.RequestsFile(measurement));

    /// <summary>Writes all requests of a measurement.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    internal Task WriteAsync(Measurement measurement, IEnumerable<RequestRow> requests, CancellationToken cancellationToken) =>
        WriteAsync(
            Folder.RequestsFile(measurement),
            new RequestsRows(),
            requests,
            (rows, request) => rows.Add(measurement, request),
            cancellationToken);

    /// <summary>Writes the passes of a measurement that went through no Sink; before its requests, whose file says that it is done.</summary>
    /// <param name="measurement">Whose they are.</param>
    /// <param name="batches">What a Scorer would have published, and when that was durable, unix microseconds.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is there then.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    internal Task WriteAsync(
        Measurement measurement, IEnumerable<(ScoredBatch Batch, long DurableUs)> batches, CancellationToken cancellationToken) =>
        WriteAsync(
            Folder.BatchesFile(measurement),
            new BatchesRows(),
            batches.SelectMany(entry => entry.Batch.Passes.Select(pass => (entry.Batch, Pass: pass, entry.DurableUs))),
            (rows, row) => rows.Add(row.Batch, row.Pass, row.Pass.Pairs, row.DurableUs),
            cancellationToken);

    private static async Task WriteAsync<TRows, TRow>(
        string file, TRows rows, IEnumerable<TRow> all, Action<TRows, TRow> add, CancellationToken cancellationToken)
        where TRows : RowBuffer
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.tmp";
        var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        await using (var table = await ParquetFile.CreateAsync(stream, rows, cancellationToken))
        {
            foreach (var row in all)
            {
                add(rows, row);
                if (rows.Count == RowGroupRows)
                    await table.WriteRowGroupAsync(rows, cancellationToken);
            }

            await table.WriteRowGroupAsync(rows, cancellationToken);
            await table.CloseAsync(Metadata(rows), rows.Schema(), cancellationToken);
        }

        DurableFile.Move(temporary, file, overwrite: true);
    }

    private static Dictionary<string, string> Metadata(RowBuffer rows) => new()
    {
        ["schema_version"] = RowBuffer.SchemaVersion.ToString(),
        ["tool_version"] = ToolVersion.Text,
        ["table"] = rows.Table,
    };
}
