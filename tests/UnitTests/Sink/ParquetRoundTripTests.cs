using Rerank.Sink.Writing;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Sink;

public sealed class ParquetRoundTripTests : IDisposable
{
    private const long DurableUs = ScoredBatches.StartUs + 25_000;

    private readonly DatasetUnderTest _dataset = new();

    [Fact]
    public async Task Scores_read_back_as_they_were_scored()
    {
        await WriteAsync(50);

        var rows = Duck.Query(
            $"SELECT ordinal, id, query_id, document_id, rank, score, tokens, truncated, batch_id, model, job, "
            + $"epoch_us(queued_at), epoch_us(received_at), epoch_us(durable_at) FROM {_dataset.ScoresGlob} ORDER BY ordinal");

        rows.Count.ShouldBe(50);
        for (var ordinal = 0; ordinal < 50; ordinal++)
        {
            var row = ScoredBatches.Row(ordinal);
            rows[ordinal].ShouldBe(
            [
                (long)ordinal, row.Id, row.QueryId, row.DocumentId, row.Rank, row.Score, row.Tokens, row.Truncated, "s-1",
                ScoredBatches.Model, "j", Milliseconds(row.QueuedUs), Milliseconds(row.ReceivedUs), Milliseconds(DurableUs),
            ]);
        }
    }

    [Fact]
    public async Task Batches_read_back_with_stages_that_add_up_and_null_where_there_is_no_reading()
    {
        await WriteAsync(3);

        var row = Duck.Query(
            "SELECT batch_id, job, scorer, session, epoch_us(started_at), model, backend, device, precision, pairs, pass_pairs, rows_written, "
            + "rows_padded, length, tokens_real, tokens_padded, padding_waste, \"window\", close_reason, predicted_ms, target_latency_ms, "
            + "target_throughput, pairs_per_second, tokens_per_second, cpu_percent, rss_mb, device_memory_mb, device_utilization, broker_ms, "
            + $"tokenize_ms, window_ms, inference_ms, publish_ms, latency_ms FROM {_dataset.BatchesGlob}").Single();

        row.ShouldBe(
        [
            "s-1", "j", "scorer-1", 1, Milliseconds(ScoredBatches.StartUs), ScoredBatches.Model, "cpu", "test", "fp32", 3, 4, 3,
            4, 100, 200L, 400L, 0.5, 64, "planned", 19.5, null,
            null, 200.0, 10_000.0, 99.5, 120.0, null, null, 1.5,
            0.25, 8.0, 20.0, 5.0, 34.75,
        ]);
    }

    [Fact]
    public async Task A_time_filter_finds_the_rows()
    {
        await WriteAsync(10);

        Duck.Scalar<long>($"SELECT count(*) FROM {_dataset.ScoresGlob} WHERE durable_at >= TIMESTAMPTZ '2026-01-02 03:04:05.703Z'").ShouldBe(10);
        Duck.Scalar<long>($"SELECT count(*) FROM {_dataset.ScoresGlob} WHERE durable_at > TIMESTAMPTZ '2026-01-02 03:04:05.704Z'").ShouldBe(0);
        Duck.Scalar<long>($"SELECT count(*) FROM {_dataset.BatchesGlob} WHERE started_at >= TIMESTAMPTZ '2026-01-02 03:04:05Z'").ShouldBe(1);
    }

    [Fact]
    public async Task Columns_have_the_types_of_the_design()
    {
        await WriteAsync(3);

        Duck.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * EXCLUDE (job) FROM {_dataset.ScoresGlob})")
            .Select(row => $"{row[0]} {row[1]}")
            .ShouldBe(
            [
                "ordinal BIGINT", "id VARCHAR", "query_id VARCHAR", "document_id VARCHAR", "rank INTEGER", "score FLOAT", "tokens INTEGER",
                "truncated BOOLEAN", "batch_id VARCHAR", "model VARCHAR", "queued_at TIMESTAMP WITH TIME ZONE",
                "received_at TIMESTAMP WITH TIME ZONE", "durable_at TIMESTAMP WITH TIME ZONE",
            ]);
    }

    [Fact]
    public async Task Files_are_zstd_and_repetitive_strings_have_a_dictionary()
    {
        await WriteAsync(1000);

        Duck.Query($"SELECT DISTINCT compression FROM parquet_metadata('{_dataset.Folder.Path}/*/*/*.parquet')").Single().ShouldBe(["ZSTD"]);
        Duck.Query(
            $"SELECT DISTINCT path_in_schema FROM parquet_metadata('{_dataset.Folder.Path}/scores/*/*.parquet') "
            + "WHERE encodings LIKE '%DICTIONARY%' ORDER BY 1").Select(row => row[0])
            .ShouldBe(["batch_id", "document_id", "model", "query_id"]);
    }

    [Fact]
    public async Task Row_groups_are_written_as_they_fill()
    {
        _dataset.Options.RowGroupRows = 16;
        await WriteAsync(100, portion: 5);

        Duck.Query($"SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('{_dataset.Folder.Path}/scores/*/*.parquet') ORDER BY 1")
            .Select(row => (long)row[1]!).ShouldBe([20, 20, 20, 20, 20]);
        Duck.Scalar<long>($"SELECT count(DISTINCT ordinal) FROM {_dataset.ScoresGlob}").ShouldBe(100);
    }

    [Fact]
    public async Task The_footer_says_what_the_file_holds()
    {
        await WriteAsync(20);

        var footer = Duck.Query(
            $"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{_dataset.Folder.Path}/scores/*/*.parquet')")
            .ToDictionary(row => (string)row[0]!, row => (string)row[1]!);

        footer["schema_version"].ShouldBe("1");
        footer["table"].ShouldBe("scores");
        footer["dataset"].ShouldBe(DatasetUnderTest.Id);
        footer["job"].ShouldBe("j");
        footer["ordinals"].ShouldBe("0-19");
        footer["batch_ids"].ShouldContain("#s-");
        footer["tool_version"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_job_without_rows_has_a_file_with_the_schema()
    {
        var writer = await _dataset.OpenAsync("empty");
        writer.SetTotal(0);
        writer.TryComplete().ShouldBeTrue();
        await writer.SaveAsync(CancellationToken.None);

        Duck.Scalar<long>($"SELECT count(score) FROM {_dataset.ScoresGlob}").ShouldBe(0);
        File.Exists(_dataset.Paths.SuccessOf("empty")).ShouldBeTrue();
    }

    public void Dispose() => _dataset.Dispose();

    private async Task WriteAsync(int rows, int? portion = null)
    {
        var writer = await _dataset.OpenAsync("j");
        var number = 0;
        foreach (var ordinals in Enumerable.Range(0, rows).Select(ordinal => (long)ordinal).Chunk(portion ?? rows))
            await AcceptAsync(writer, $"s-{++number}", ordinals);
        await writer.FlushAsync(CancellationToken.None);
        await writer.SaveAsync(CancellationToken.None);
    }

    private static async Task AcceptAsync(JobWriter writer, string batchId, long[] ordinals)
    {
        writer.Accept(ScoredBatches.Of("j", batchId, 0, ordinals), DurableUs).ShouldBeTrue();
        await writer.SpillAsync(CancellationToken.None);
    }

    private static long Milliseconds(long microseconds) => microseconds / 1000 * 1000;
}
