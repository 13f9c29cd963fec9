using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.Sink.Dataset;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Sink;

public sealed class SinkTests
{
    [Fact]
    public async Task A_job_with_duplicates_is_written_once_and_completes_before_its_files_are_old()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        await pipeline.PublishRangeAsync("j", 0, 149);
        await pipeline.PublishRangeAsync("j", 100, 199, scorer: "t");
        await pipeline.PublishRangeAsync("j", 0, 49);
        await pipeline.SetIngestAsync("j", total: 200);

        var sink = await pipeline.RunSinkAsync();
        var state = await pipeline.WaitForCompleteAsync("j");
        (await SinkPipeline.StopAsync(sink)).ShouldBe(ExitCode.Done);

        state.ShouldBe(new SinkState("0-199", 200, 0, true, pipeline.Output.Path));
        pipeline.ShouldHoldExactly("j", 200);
        SuccessFile.Read(pipeline.Output.Path, "j")!.Rows.ShouldBe(200);
        var manifest = JobManifest.Read(pipeline.Output.Path, "j")!;
        manifest.Complete.ShouldBeTrue();
        manifest.Spec!.Model.ShouldBe("builtin:lexical");
        DatasetFile.Read(pipeline.Output.Path)!.Id.ShouldBe("ds");
        await ShouldHaveAckedAllAsync(pipeline);
    }

    [Fact]
    public async Task An_empty_job_is_complete_at_once()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        var sink = await pipeline.RunSinkAsync();
        await pipeline.OpenJobAsync("nothing");
        await pipeline.SetIngestAsync("nothing", total: 0);

        await pipeline.WaitForCompleteAsync("nothing");
        await SinkPipeline.StopAsync(sink);

        Duck.Scalar<long>($"SELECT count(*) FROM {pipeline.ScoresGlob}").ShouldBe(0);
    }

    [Fact]
    public async Task Dead_letters_count_as_done_and_a_retry_takes_success_away_until_the_pair_is_scored()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var sink = await pipeline.RunSinkAsync();
        await pipeline.PublishRangeAsync("j", 0, 8);
        await pipeline.PublishLetterAsync("j", 9);
        await pipeline.SetIngestAsync("j", total: 10);
        (await pipeline.WaitForCompleteAsync("j")).Dead.ShouldBe(1);
        SuccessFile.Read(pipeline.Output.Path, "j")!.Dead.ShouldBe(1);

        await pipeline.PublishLetterAsync("j", 9, DeadLetterKind.Retry);
        await pipeline.WaitForAsync("j", state => !state.Complete);
        SuccessFile.Read(pipeline.Output.Path, "j").ShouldBeNull();

        await pipeline.PublishRangeAsync("j", 9, 9, scorer: "retry");
        (await pipeline.WaitForCompleteAsync("j")).Dead.ShouldBe(0);
        await SinkPipeline.StopAsync(sink);
        pipeline.ShouldHoldExactly("j", 10);
    }

    [Fact]
    public async Task Two_jobs_share_a_dataset_and_another_dataset_does_not_see_them()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("a");
        await pipeline.OpenJobAsync("b");
        using var other = TemporaryFolder.Create();
        var sink = await pipeline.RunSinkAsync();
        var otherSink = await pipeline.RunSinkAsync("--Sink:Dataset=other", $"--Sink:Output={other.Path}");
        for (var from = 0; from < 100; from += 20)
        {
            await pipeline.PublishRangeAsync("a", from, from + 19, scorer: "shared");
            await pipeline.PublishRangeAsync("b", from, from + 19, scorer: "shared");
        }

        await pipeline.SetIngestAsync("a", total: 100);
        await pipeline.SetIngestAsync("b", total: 100);
        await pipeline.WaitForCompleteAsync("a");
        await pipeline.WaitForCompleteAsync("b");
        await SinkPipeline.StopAsync(sink);
        await SinkPipeline.StopAsync(otherSink);

        pipeline.ShouldHoldExactly("a", 100);
        pipeline.ShouldHoldExactly("b", 100);
        new DatasetFolder(other.Path).Jobs().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_published_job_completes_when_it_is_closed_and_nothing_of_it_is_left()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("stream", JobKind.Published);
        var pairs = pipeline.Broker.Names.PairsSubject("stream");
        await pipeline.Broker.Publisher.PublishAsync(pairs, "{}"u8.ToArray(), "pair", null, pipeline.Token);
        var sink = await pipeline.RunSinkAsync("--Sink:RollAge=00:00:01");
        await pipeline.PublishRangeAsync("stream", 5, 24, epoch: 1_700_000_000_000_000);
        await pipeline.SetIngestAsync("stream", closed: true);

        (await pipeline.WaitForAsync("stream", state => state.Written == 20)).Complete.ShouldBeFalse();

        var consumer = await pipeline.Broker.Setup.EnsurePairsConsumerAsync("stream", pipeline.Token);
        var pair = await consumer.NextAsync<byte[]>(cancellationToken: pipeline.Token);
        await pipeline.PublishRangeAsync("stream", 25, 25, epoch: 1_700_000_000_000_000);
        await pair!.AckAsync(cancellationToken: pipeline.Token);
        (await pipeline.WaitForCompleteAsync("stream")).Written.ShouldBe(21);
        await SinkPipeline.StopAsync(sink);

        Duck.Scalar<long>($"SELECT count(DISTINCT ordinal) FROM {pipeline.ScoresGlob}").ShouldBe(21);
    }

    [Fact]
    public async Task Files_are_closed_by_rows_and_by_age()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var sink = await pipeline.RunSinkAsync("--Sink:RollRows=50", "--Sink:RollAge=00:00:01");
        await pipeline.PublishRangeAsync("j", 0, 99);
        await pipeline.WaitForAsync("j", state => state.Written == 100);

        await pipeline.PublishRangeAsync("j", 100, 100);
        await pipeline.WaitForAsync("j", state => state.Written == 101);
        await SinkPipeline.StopAsync(sink);

        JobManifest.Read(pipeline.Output.Path, "j")!.Scores.Count.ShouldBeGreaterThanOrEqualTo(3);
        pipeline.ShouldHoldExactly("j", 101);
    }

    [Fact]
    public async Task Files_are_closed_when_many_messages_wait_for_them()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var sink = await pipeline.RunSinkAsync("--Sink:MaxHeldMessages=5");
        await pipeline.PublishRangeAsync("j", 0, 4, size: 1);

        await pipeline.WaitForAsync("j", state => state.Written == 5);
        await SinkPipeline.StopAsync(sink);
    }

    [Fact]
    public async Task A_stop_writes_what_was_received_and_a_restart_goes_on()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var sink = await pipeline.RunSinkAsync();
        await pipeline.PublishRangeAsync("j", 0, 99);
        await WaitUntilReadAsync(pipeline);
        (await SinkPipeline.StopAsync(sink)).ShouldBe(ExitCode.Done);
        pipeline.ShouldHoldExactly("j", 100);
        await ShouldHaveAckedAllAsync(pipeline);

        sink = await pipeline.RunSinkAsync();
        await pipeline.PublishRangeAsync("j", 90, 199, scorer: "t");
        await pipeline.SetIngestAsync("j", total: 200);
        await pipeline.WaitForCompleteAsync("j");
        await SinkPipeline.StopAsync(sink);
        pipeline.ShouldHoldExactly("j", 200);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_read_is_copied_to_the_dead_letters_and_the_rest_is_written()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var sink = await pipeline.RunSinkAsync();
        await pipeline.PublishScoresAsync("j", "no batch"u8.ToArray());
        await pipeline.PublishScoresAsync("j", ScoredBatchCodec.Encode(ScoredBatches.Of("another", "s-1", 0, 0)));
        await pipeline.PublishScoresAsync("j", ScoredBatchCodec.Encode(ScoredBatches.Of("j", "s-1", 0, -1)));
        await pipeline.PublishRangeAsync("j", 0, 9);
        await pipeline.SetIngestAsync("j", total: 10);
        await pipeline.WaitForCompleteAsync("j");
        await SinkPipeline.StopAsync(sink);

        pipeline.ShouldHoldExactly("j", 10);
        var dead = await pipeline.Broker.JetStream.GetStreamAsync(pipeline.Broker.Names.DeadStream, cancellationToken: pipeline.Token);
        dead.Info.State.Messages.ShouldBe(3);
        await ShouldHaveAckedAllAsync(pipeline);
    }

    [Fact]
    public async Task A_second_sink_on_the_same_folder_is_refused()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var sink = await pipeline.RunSinkAsync();
        await WaitForLeaseAsync(pipeline);

        using var second = await pipeline.RunSinkAsync();
        await second.WaitForShutdownAsync(pipeline.Token);

        SinkPipeline.ExitCodeOf(second).ShouldBe(ExitCode.Failed);
        FailureOf(second).ShouldContain($"process {Environment.ProcessId}");
        await SinkPipeline.StopAsync(sink);
    }

    [Fact]
    public async Task A_second_sink_of_the_same_dataset_on_another_folder_is_refused()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        using var other = TemporaryFolder.Create();
        var sink = await pipeline.RunSinkAsync();
        await WaitForLeaseAsync(pipeline);

        using var second = await pipeline.RunSinkAsync($"--Sink:Output={other.Path}");
        await second.WaitForShutdownAsync(pipeline.Token);

        SinkPipeline.ExitCodeOf(second).ShouldBe(ExitCode.Failed);
        FailureOf(second).ShouldContain($"'ds' is being written by {LeaseHolder.Current}");
        await SinkPipeline.StopAsync(sink);
    }

    [Fact]
    public async Task A_folder_of_another_dataset_is_refused()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        var sink = await pipeline.RunSinkAsync();
        await WaitForLeaseAsync(pipeline);
        await SinkPipeline.StopAsync(sink);

        using var second = await pipeline.RunSinkAsync("--Sink:Dataset=other");
        await second.WaitForShutdownAsync(pipeline.Token);

        SinkPipeline.ExitCodeOf(second).ShouldBe(ExitCode.WrongUsage);
        FailureOf(second).ShouldContain("'other'");
    }

    [Fact]
    public async Task A_job_of_the_same_name_with_another_model_is_refused()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var sink = await pipeline.RunSinkAsync();
        await pipeline.PublishRangeAsync("j", 0, 9);
        await pipeline.SetIngestAsync("j", total: 10);
        await pipeline.WaitForCompleteAsync("j");
        await SinkPipeline.StopAsync(sink);
        await pipeline.Documents.DeleteAsync(Names.SpecKey("j"), pipeline.Token);
        await pipeline.OpenJobAsync("j", model: "other");

        using var second = await pipeline.RunSinkAsync();
        await second.WaitForShutdownAsync(pipeline.Token);

        SinkPipeline.ExitCodeOf(second).ShouldBe(ExitCode.WrongUsage);
        FailureOf(second).ShouldContain("model is 'other'");
    }

    [Fact]
    public async Task Without_room_on_the_disk_nothing_is_acknowledged_and_with_room_everything_is_written()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        await pipeline.SetIngestAsync("j", total: 50);
        await pipeline.PublishRangeAsync("j", 0, 49);
        var sink = await pipeline.RunSinkAsync($"--Sink:MinFreeBytes={long.MaxValue}");
        await WaitForAckPendingAsync(pipeline, 5);
        await SinkPipeline.StopAsync(sink);
        var scores = await pipeline.Broker.JetStream.GetStreamAsync(pipeline.Broker.Names.ScoresStream, cancellationToken: pipeline.Token);
        scores.Info.State.Messages.ShouldBe(5);

        sink = await pipeline.RunSinkAsync();
        await pipeline.WaitForCompleteAsync("j");
        await SinkPipeline.StopAsync(sink);
        pipeline.ShouldHoldExactly("j", 50);
    }

    [Fact]
    public async Task What_a_pause_kept_from_being_written_is_written_at_its_end_and_not_only_at_the_roll_age()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        await pipeline.SetIngestAsync("j", total: 50);
        await pipeline.PublishRangeAsync("j", 0, 49);
        var disk = new DiskOnDemand();
        var sink = await pipeline.RunSinkAsync(
            host => host.Services.AddSingleton<Disk>(disk), $"--Sink:MinFreeBytes={DiskOnDemand.Room}", "--Sink:RollAge=1.00:00:00");
        await disk.WasAsked.WaitAsync(pipeline.Token);

        disk.HasRoom = true;
        await pipeline.WaitForCompleteAsync("j");

        await SinkPipeline.StopAsync(sink);
        pipeline.ShouldHoldExactly("j", 50);
    }

    [Fact]
    public async Task A_disk_that_is_really_full_is_waited_for_and_every_row_is_written_when_there_is_room()
    {
        using var disk = SmallDisk.TryMount("1m");
        Assert.SkipWhen(disk is null, "A small file system can be mounted only by root on Linux.");
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[980 * 1024], pipeline.Token);
        var output = Path.Combine(disk.Path, "out");
        var sink = await pipeline.RunSinkAsync($"--Sink:Output={output}", "--Sink:MinFreeBytes=0", "--Sink:RowGroupRows=500");
        await pipeline.PublishRangeAsync("j", 0, 4999, size: 50);
        await pipeline.SetIngestAsync("j", total: 5000);
        await WaitForRedeliveryAsync(pipeline);

        File.Delete(ballast);
        await pipeline.WaitForCompleteAsync("j");
        await SinkPipeline.StopAsync(sink);

        Duck.Scalar<long>($"SELECT count(DISTINCT ordinal) FROM '{output}/scores/*/*.parquet'").ShouldBe(5000);
        Duck.Scalar<long>($"SELECT sum(rows_written)::BIGINT FROM '{output}/batches/*/*.parquet'").ShouldBe(5000);
    }

    [Fact]
    public async Task A_broker_that_restarts_is_waited_for_and_nothing_is_lost_or_doubled()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        var sink = await pipeline.RunSinkAsync();
        await pipeline.PublishRangeAsync("j", 0, 99);
        await WaitForAckPendingAsync(pipeline, 10);

        await pipeline.Server.KillAsync();
        await pipeline.Server.RestartAsync();
        await pipeline.PublishRangeAsync("j", 100, 199);
        await pipeline.SetIngestAsync("j", total: 200);
        await pipeline.WaitForCompleteAsync("j");
        await SinkPipeline.StopAsync(sink);

        pipeline.ShouldHoldExactly("j", 200);
    }

    [Fact]
    public async Task A_sink_that_is_killed_again_and_again_writes_each_row_once()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        await pipeline.OpenJobAsync("j");
        string[] settings = ["--Sink:RollRows=70", "--Sink:RowGroupRows=16", "--Sink:RollAge=00:00:01"];
        for (var round = 0; round < 3; round++)
        {
            using var process = pipeline.StartSinkProcess(settings);
            await pipeline.PublishRangeAsync("j", round * 300, (round * 300) + 299, size: 7);
            await pipeline.WaitForAsync("j", state => state.Written > round * 300);
            process.Kill();
            await process.WaitForExitAsync(pipeline.Token);
        }

        await pipeline.PublishRangeAsync("j", 850, 999, scorer: "again");
        await pipeline.SetIngestAsync("j", total: 1000);
        using var last = pipeline.StartSinkProcess(settings);
        await pipeline.WaitForCompleteAsync("j");
        await TerminateAsync(last, pipeline.Token);

        last.ExitCode.ShouldBe(ExitCode.Done);
        pipeline.ShouldHoldExactly("j", 1000);
    }

    private static string FailureOf(IHost host) => host.Services.GetRequiredService<StageOutcome>().Failure.ShouldNotBeNull();

    private static async Task TerminateAsync(System.Diagnostics.Process process, CancellationToken cancellationToken)
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(cancellationToken);
    }

    private static async Task WaitForLeaseAsync(SinkPipeline pipeline)
    {
        var live = await pipeline.Broker.LiveAsync(pipeline.Token);
        await foreach (var _ in live.WatchKeysAsync(Names.SinkLeaseKey(pipeline.Dataset), pipeline.Token))
            return;
    }

    /// <summary>Waits until the Sink holds that many messages: there is no signal for it, so the server is asked.</summary>
    private static async Task WaitForAckPendingAsync(SinkPipeline pipeline, int count)
    {
        while ((await pipeline.Broker.Setup.EnsureScoresConsumerAsync(pipeline.Dataset, pipeline.Token)).Info.NumAckPending < count)
            await pipeline.Broker.Connection.PingAsync(pipeline.Token);
    }

    /// <summary>Waits until the Sink has read all that was published: a batch behind the others, which it copies as soon as it reads it.</summary>
    private static async Task WaitUntilReadAsync(SinkPipeline pipeline)
    {
        var before = await MessagesAsync(pipeline.Broker.Names.ScoresStream);
        await pipeline.PublishScoresAsync("j", "no batch"u8.ToArray());
        while (await MessagesAsync(pipeline.Broker.Names.DeadStream) == 0)
            await pipeline.Broker.Connection.PingAsync(pipeline.Token);
        // A stop between the dead letter and the ack would leave the message to the next Sink.
        while (await MessagesAsync(pipeline.Broker.Names.ScoresStream) > before)
            await pipeline.Broker.Connection.PingAsync(pipeline.Token);

        async Task<long> MessagesAsync(string stream) =>
            (await pipeline.Broker.JetStream.GetStreamAsync(stream, cancellationToken: pipeline.Token)).Info.State.Messages;
    }

    /// <summary>Waits until the Sink has given messages back.</summary>
    private static async Task WaitForRedeliveryAsync(SinkPipeline pipeline)
    {
        while ((await pipeline.Broker.Setup.EnsureScoresConsumerAsync(pipeline.Dataset, pipeline.Token)).Info.NumRedelivered == 0)
            await pipeline.Broker.Connection.PingAsync(pipeline.Token);
    }

    private static async Task ShouldHaveAckedAllAsync(SinkPipeline pipeline)
    {
        // The broker takes acks in after the Sink has sent them.
        await Poll.UntilAsync(
            async () => (await pipeline.Broker.Setup.EnsureScoresConsumerAsync(pipeline.Dataset, pipeline.Token)).Info is { NumPending: 0, NumAckPending: 0 },
            pipeline.Token);
    }
}
