using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.Sink;
using Rerank.Sink.Dataset;
using Rerank.Sink.Intake;
using Rerank.Sink.Writing;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.IntegrationTests.Sink;

public sealed class JobFlusherTests
{
    [Fact]
    public async Task A_job_is_told_complete_once_and_not_before_that_is_saved()
    {
        await using var pipeline = await SinkPipeline.StartAsync();
        var log = new RecordedLog();
        var disk = new Disk();
        var folder = DatasetFolder.Open(pipeline.Output.Path);
        var context = new WriteContext(
            folder, "ds", EpochFolder.Start(folder, disk, TimeProvider.System), new SinkOptions(), disk, TimeProvider.System);
        var held = new HeldDeliveries(new Acks(pipeline.Broker.Connection), new QueueOptions().AckWait, TimeProvider.System);
        var flusher = new JobFlusher(context, pipeline.Documents, held, new WritePause(new Gate(), context, log), log);
        var job = new SinkJob(new JobWriter(new JobManifest { Job = "j", Dataset = "ds" }, context));
        // A file cannot take a folder's name.
        Directory.CreateDirectory(folder.ManifestOf("j"));

        await flusher.CompleteAsync(job, pipeline.Token);
        Told().ShouldBe(0);

        Directory.Delete(folder.ManifestOf("j"));
        await flusher.SaveAsync(job, pipeline.Token);
        await flusher.SaveAsync(job, pipeline.Token);
        Told().ShouldBe(1);

        int Told() => log.Entries.Count(entry => entry.Text.Contains("complete", StringComparison.OrdinalIgnoreCase));
    }
}
