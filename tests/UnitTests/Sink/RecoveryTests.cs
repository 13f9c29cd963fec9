using System.Text.Json;
using CsCheck;
using Rerank.Shared.Contracts;
using Rerank.Sink.Dataset;
using Rerank.Sink.Writing;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Sink;

public sealed class RecoveryTests : IDisposable
{
    private const long DurableUs = ScoredBatches.StartUs + 25_000;

    private static readonly JobSpec Spec =
        new("j", JobKind.Ingested, DatasetUnderTest.Id, "builtin:lexical", 512, new JobSource("in.jsonl", "jsonl", "f"), "0.1.0");

    private readonly DatasetUnderTest _dataset = new();

    private enum Step
    {
        Batch,
        Duplicate,
        Flush,
        Crash,
        CrashAfterTimings,
        CrashBeforeManifest,
        LoseManifest,
    }

    [Fact]
    public async Task A_manifest_made_again_from_the_footers_equals_the_one_that_was_lost()
    {
        var writer = await _dataset.OpenAsync("j");
        writer.SetSpec(Spec).ShouldBeEmpty();
        foreach (var first in new[] { 0L, 100, 50 })
        {
            writer.Accept(ScoredBatches.Of("j", 0, [($"s-{first}", [first, first + 1, first + 2]), ($"odd-{first}x", [first + 9])]), DurableUs);
            await writer.FlushAsync(CancellationToken.None);
        }

        await writer.SaveAsync(CancellationToken.None);
        var before = Text(JobManifest.Read(_dataset.Folder.Path, "j")!);
        File.Delete(_dataset.Paths.ManifestOf("j"));

        Text((await _dataset.OpenAsync("j")).ToManifest()).ShouldBe(before);
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_is_made_again()
    {
        await WriteAsync([0, 1, 2]);
        await File.WriteAllTextAsync(_dataset.Paths.ManifestOf("j"), "{ \"version\": 1, ", TestContext.Current.CancellationToken);

        (await _dataset.OpenAsync("j")).WrittenRows.ShouldBe(3);
    }

    [Fact]
    public async Task Rows_of_a_file_that_the_user_removed_are_missing_again()
    {
        await WriteAsync([0, 1, 2]);
        await WriteAsync([3, 4]);
        File.Delete(Directory.GetFiles(_dataset.Paths.ScoresOf("j"), "part-3-4-*.parquet").Single());

        var writer = await _dataset.OpenAsync("j");

        writer.WrittenRows.ShouldBe(3);
        writer.Accept(ScoredBatches.Of("j", "s-9", 0, 3, 4), DurableUs).ShouldBeTrue();
        writer.BufferedRows.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_left_alone()
    {
        await WriteAsync([0, 1, 2]);
        var stray = Path.Combine(_dataset.Paths.ScoresOf("j"), "part-7-8-9.parquet");
        await File.WriteAllTextAsync(stray, "no parquet", TestContext.Current.CancellationToken);

        (await _dataset.OpenAsync("j")).WrittenRows.ShouldBe(3);
        (await File.ReadAllTextAsync(stray, TestContext.Current.CancellationToken)).ShouldBe("no parquet");
    }

    [Fact]
    public async Task A_success_file_without_its_manifest_still_tells_the_dead_and_the_total()
    {
        var writer = await _dataset.OpenAsync("j");
        writer.SetSpec(Spec);
        writer.SetTotal(3);
        writer.Accept(ScoredBatches.Of("j", "s-1", 0, 0, 2), DurableUs);
        writer.Accept(Letter(DeadLetterKind.Letter, 1), 10).ShouldBeTrue();
        await writer.FlushAsync(CancellationToken.None);
        writer.TryComplete().ShouldBeTrue();
        await writer.SaveAsync(CancellationToken.None);
        File.Delete(_dataset.Paths.ManifestOf("j"));

        var again = await _dataset.OpenAsync("j");

        again.Complete.ShouldBeTrue();
        again.Total.ShouldBe(3);
        again.DeadLetters.ShouldBe(1);
    }

    [Fact]
    public async Task A_writer_whose_dataset_was_taken_over_cannot_bring_anything_into_place()
    {
        var paused = await _dataset.OpenAsync("j");
        paused.Accept(ScoredBatches.Of("j", "s-1", 0, 0, 1), DurableUs);

        var successor = await _dataset.OpenAsync("j");

        await Should.ThrowAsync<EpochEndedException>(() => paused.FlushAsync(CancellationToken.None));
        Should.Throw<EpochEndedException>(() => paused.SaveAsync(CancellationToken.None).GetAwaiter().GetResult());
        successor.Accept(ScoredBatches.Of("j", "s-1", 0, 0, 1), DurableUs);
        await successor.FlushAsync(CancellationToken.None);
        Duck.Scalar<long>($"SELECT count(*) FROM {_dataset.ScoresGlob}").ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_lease_stops_a_flush_before_its_renames()
    {
        var writer = await _dataset.OpenAsync("j");
        writer.Accept(ScoredBatches.Of("j", "s-1", 0, 0, 1), DurableUs);

        await Should.ThrowAsync<OperationCanceledException>(() => writer.FlushAsync(new CancellationToken(canceled: true)));

        Directory.GetFiles(_dataset.Folder.Path, "*.parquet", SearchOption.AllDirectories).ShouldAllBe(path => path.Contains(".rerank"));
    }

    [Fact]
    public async Task Without_room_rows_wait_and_with_room_they_are_written()
    {
        var writer = await _dataset.OpenAsync("j");
        writer.Accept(ScoredBatches.Of("j", "s-1", 0, 0, 1), DurableUs);
        _dataset.Disk.Free = 1000;

        (await Should.ThrowAsync<NoRoomException>(() => writer.FlushAsync(CancellationToken.None))).Message.ShouldContain("Sink__MinFreeBytes");
        writer.BufferedRows.ShouldBe(2);

        _dataset.Disk.Free = long.MaxValue;
        await writer.FlushAsync(CancellationToken.None);
        Duck.Scalar<long>($"SELECT count(*) FROM {_dataset.ScoresGlob}").ShouldBe(2);
    }

    [Fact]
    public async Task A_disk_that_fills_up_in_a_file_costs_nothing_but_a_second_delivery()
    {
        _dataset.Options.RowGroupRows = 2;
        var writer = await _dataset.OpenAsync("j");
        var batch = ScoredBatches.Of("j", "s-1", 0, 0, 1, 2);
        writer.Accept(batch, DurableUs);
        await writer.SpillAsync(CancellationToken.None);
        _dataset.Disk.IsFull = true;
        await Should.ThrowAsync<IOException>(() => writer.FlushAsync(CancellationToken.None));

        await writer.AbandonAsync();
        _dataset.Disk.IsFull = false;
        writer.HasBuffered.ShouldBeFalse();
        writer.Accept(batch, DurableUs).ShouldBeTrue();
        await writer.FlushAsync(CancellationToken.None);

        Duck.Scalar<long>($"SELECT count(*) FROM {_dataset.ScoresGlob}").ShouldBe(3);
        Duck.Scalar<long>($"SELECT sum(rows_written)::BIGINT FROM {_dataset.BatchesGlob}").ShouldBe(3);
    }

    [Fact]
    public async Task A_job_with_another_spec_is_told_apart()
    {
        var writer = await _dataset.OpenAsync("j");
        writer.SetSpec(Spec).ShouldBeEmpty();
        await writer.SaveAsync(CancellationToken.None);

        (await _dataset.OpenAsync("j")).SetSpec(Spec with { Model = "other" }).Single().ShouldContain("model is 'other'");
    }

    [Fact]
    public async Task Epochs_of_a_published_job_follow_each_other()
    {
        var writer = await _dataset.OpenAsync("j");
        writer.Accept(ScoredBatches.Of("j", "s-1", 1000, 1, 2, 3), DurableUs);
        await writer.FlushAsync(CancellationToken.None);
        await writer.SaveAsync(CancellationToken.None);

        writer = await _dataset.OpenAsync("j");
        writer.Accept(ScoredBatches.Of("j", "t-1", 2000, 1, 2), DurableUs);
        writer.Accept(ScoredBatches.Of("j", "s-2", 1000, 3), DurableUs);
        await writer.FlushAsync(CancellationToken.None);

        Duck.Query($"SELECT ordinal FROM {_dataset.ScoresGlob} ORDER BY 1").Select(row => (long)row[0]!).ShouldBe([1, 2, 3, 5, 6]);
        Should.Throw<FormatException>(() => writer.Accept(ScoredBatches.Of("j", "s-3", 1000, 9), DurableUs)).Message.ShouldContain("epoch");
    }

    /// <summary>
    /// Batches of ten ordinals of [0, 60) come in any order, with duplicates; the process dies anywhere, also between the renames of a
    /// flush. What was not acknowledged is delivered again at the end.
    /// </summary>
    [Fact]
    public void Each_ordinal_is_written_once_whatever_the_order_and_wherever_it_crashes() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 50], Gen.Int[1, 10]).Array[1, 30].Sample(
            steps => RunAsync(steps).GetAwaiter().GetResult(), iter: 30, threads: 1);

    public void Dispose() => _dataset.Dispose();

    private static async Task RunAsync((Step Step, int First, int Count)[] steps)
    {
        using var dataset = new DatasetUnderTest();
        dataset.Options.RowGroupRows = 7;
        var writer = await dataset.OpenAsync("j");
        var unacked = new List<ScoredBatch>();
        var pass = 0;

        async Task TakeAsync(ScoredBatch batch)
        {
            if (writer.Accept(batch, DurableUs))
                unacked.Add(batch);
            await writer.SpillAsync(CancellationToken.None);
        }

        async Task ReopenAsync()
        {
            writer = await dataset.OpenAsync("j");
            var again = unacked.ToList();
            unacked.Clear();
            foreach (var batch in again)
                await TakeAsync(batch);
        }

        foreach (var (step, first, count) in steps)
        {
            var ordinals = Enumerable.Range(first, count).Select(ordinal => (long)ordinal).ToArray();
            switch (step)
            {
                case Step.Batch:
                    await TakeAsync(ScoredBatches.Of("j", $"s-{++pass}", 0, ordinals));
                    break;
                case Step.Duplicate when unacked.Count > 0:
                    await TakeAsync(unacked[first % unacked.Count]);
                    break;
                case Step.Flush:
                    await writer.FlushAsync(CancellationToken.None);
                    await writer.SaveAsync(CancellationToken.None);
                    unacked.Clear();
                    break;
                case Step.Crash:
                    await ReopenAsync();
                    break;
                case Step.CrashBeforeManifest:
                    await writer.FlushAsync(CancellationToken.None);
                    await ReopenAsync();
                    break;
                case Step.CrashAfterTimings:
                    await FlushTimingsOnlyAsync(dataset, writer);
                    await ReopenAsync();
                    break;
                case Step.LoseManifest:
                    if (File.Exists(dataset.Paths.ManifestOf("j")))
                        File.Delete(dataset.Paths.ManifestOf("j"));
                    await ReopenAsync();
                    break;
            }
        }

        var everything = Enumerable.Range(0, 60).Select(ordinal => (long)ordinal).ToArray();
        await TakeAsync(ScoredBatches.Of("j", "last-1", 0, everything));
        await writer.FlushAsync(CancellationToken.None);
        await writer.SaveAsync(CancellationToken.None);

        Duck.Query($"SELECT ordinal FROM {dataset.ScoresGlob} ORDER BY 1").Select(row => (long)row[0]!).ShouldBe(everything);
        Duck.Scalar<long>($"SELECT sum(rows_written)::BIGINT FROM {dataset.BatchesGlob}").ShouldBe(60);
        Duck.Scalar<long>($"SELECT count(*) - count(DISTINCT batch_id) FROM {dataset.BatchesGlob}").ShouldBe(0);
        Duck.Scalar<long>(
            $"SELECT count(*) FROM {dataset.ScoresGlob} WHERE batch_id NOT IN (SELECT batch_id FROM {dataset.BatchesGlob})").ShouldBe(0);
    }

    /// <summary>The state of the files after a crash between the two renames: made by taking the scores file of a flush away again.</summary>
    private static async Task FlushTimingsOnlyAsync(DatasetUnderTest dataset, JobWriter writer)
    {
        var before = ScoresFiles(dataset);
        await writer.FlushAsync(CancellationToken.None);
        foreach (var file in ScoresFiles(dataset).Except(before))
            File.Delete(file);
    }

    private static string[] ScoresFiles(DatasetUnderTest dataset) =>
        Directory.Exists(dataset.Paths.ScoresOf("j")) ? Directory.GetFiles(dataset.Paths.ScoresOf("j"), "*.parquet") : [];

    private async Task WriteAsync(long[] ordinals)
    {
        var writer = await _dataset.OpenAsync("j");
        writer.Accept(ScoredBatches.Of("j", $"s-{ordinals[0]}", 0, ordinals), DurableUs);
        await writer.FlushAsync(CancellationToken.None);
        await writer.SaveAsync(CancellationToken.None);
    }

    private static DeadLetter Letter(DeadLetterKind kind, long ordinal) =>
        DeadLetter.For("j", new PairIdentity(0, ordinal), DeadReason.InvalidJson, "bad", "ingest", "in.jsonl:2", "x"u8) with { Kind = kind };

    private static string Text(JobManifest manifest) => JsonSerializer.Serialize(
        manifest with
        {
            Scores = [.. manifest.Scores.OrderBy(file => file.Path, StringComparer.Ordinal)],
            Batches = [.. manifest.Batches.OrderBy(file => file.Path, StringComparer.Ordinal)],
        },
        DatasetJson.Default.JobManifest);
}
