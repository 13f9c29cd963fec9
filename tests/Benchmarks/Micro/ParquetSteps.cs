using Rerank.Shared.Contracts;
using Rerank.Sink.Parquet;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Micro;

/// <summary>Writing files as the Sink does, from decoded batches to a footer that was read back.</summary>
internal static class ParquetSteps
{
    private const int ScoreRows = 1_000_000;
    private const int PassRows = 200_000;
    private const int RowGroupRows = 64 * 1024;
    private const int DocumentsAQuery = 100;
    private const int Rounds = 5;
    private const long NowUs = 1_790_000_000_000_000;

    internal static async Task<IReadOnlyList<string>> LinesAsync(ScoredBatch batch)
    {
        using var folder = TemporaryFolder.Create();
        return
        [
            await RowAsync("scores", ScoreRows, () => ScoresAsync(folder.File("scores.parquet"), batch)),
            await RowAsync("batches", PassRows, () => BatchesAsync(folder.File("batches.parquet"), batch)),
        ];

        static Task<string> RowAsync(string table, int rows, Func<Task> run) =>
            CpuMedian.RowAsync($"write {rows:N0} rows of {table}", "row", rows, Rounds, run);
    }

    private static Task ScoresAsync(string path, ScoredBatch batch)
    {
        var rows = new ScoresRows();
        return WriteAsync(path, rows, ScoreRows, number =>
        {
            var row = batch.Rows[number % batch.Rows.Count];
            var query = $"q{number / DocumentsAQuery}";
            row = row with { Id = $"{query}-d{number}", QueryId = query, DocumentId = $"d{number}", Score = Score(number) };
            rows.Add(number, row, batch, NowUs + number);
        });
    }

    private static Task BatchesAsync(string path, ScoredBatch batch)
    {
        var rows = new BatchesRows();
        return WriteAsync(path, rows, PassRows, number =>
        {
            var pass = batch.Passes[number % batch.Passes.Count];
            pass = pass with { BatchId = $"host-1234-abcdef-{number}", InferenceMs = 5 + Score(number) };
            rows.Add(batch, pass, pass.Pairs, pass.EndedUs + number);
        });
    }

    private static async Task WriteAsync(string path, RowBuffer rows, int count, Action<int> add)
    {
        await using var file = await ParquetFile.CreateAsync(new FileStream(path, FileMode.Create), rows, CancellationToken.None);
        for (var number = 0; number < count; number++)
        {
            add(number);
            if (rows.Count == RowGroupRows)
                await file.WriteRowGroupAsync(rows, CancellationToken.None);
        }

        if (rows.Count > 0)
            await file.WriteRowGroupAsync(rows, CancellationToken.None);
        await file.CloseAsync([], rows.Schema(), CancellationToken.None);
    }

    /// <summary>Digits that do not compress, as those of scores.</summary>
    private static float Score(int number) => MathF.Sin(number * 12.9898f) * 4;
}
