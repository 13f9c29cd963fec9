using Rerank.Benchmarks.Overhead;
using Rerank.Scorer.Models;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Whole;

/// <summary>
/// The pipeline in its steady state: a Scorer and a Sink, each a process of its own, that have already scored a job, and a nats-server.
/// What is measured is a second job, a file to Parquet: from the first <c>started_at</c> of a forward pass to the last <c>durable_at</c> of
/// a score.
/// </summary>
/// <param name="name">As the table has it.</param>
/// <param name="folder">Of the model, as the Scorer is given it.</param>
/// <param name="model">The same, opened.</param>
/// <param name="workload">The pairs.</param>
/// <param name="warmUpPairs">Of the job before.</param>
/// <param name="work">A folder of its own. The cache is there too: it is warm from the second run on.</param>
/// <param name="settings">Environment variables.</param>
internal sealed class PipelineSystem(
    string name,
    string folder,
    ModelFolder model,
    WholeWorkload workload,
    int warmUpPairs,
    string work,
    IReadOnlyDictionary<string, string> settings) : ISystem
{
    private const string MeasuredJob = "measured";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private int _runs;

    public string Name => name;

    public int MostPairs => int.MaxValue;

    public async Task<Measurement> MeasureAsync(int pairs)
    {
        var output = Path.Combine(work, $"{++_runs}");
        var environment = new Dictionary<string, string>(settings)
        {
            ["RERANK_CACHE"] = Path.Combine(work, "cache"),
            ["Scorer__Model"] = folder,
            ["Sink__Output"] = output,
        };
        await using var server = await NatsServer.StartAsync();
        environment["Nats__Url"] = server.Url;
        using var scorer = MeasuredProcess.Start("scorer", [], environment);
        using var sink = MeasuredProcess.Start("sink", [], environment);
        using var broker = MeasuredProcess.Of("nats-server", server.ProcessId);

        await RunJobAsync("warm-up", Math.Min(warmUpPairs, pairs), []);
        var samples = await RunJobAsync(MeasuredJob, pairs, [scorer, sink, broker]);
        await scorer.EndAsync();
        await sink.EndAsync();

        var dataset = DatasetFigures.Read(output, MeasuredJob, Environment.ProcessorCount);
        Directory.Delete(output, recursive: true);
        return new Measurement(dataset.Seconds, samples.Between(dataset.From, dataset.Until), dataset.PaddingWaste, dataset.Scores)
        {
            Dataset = dataset,
        };

        async Task<CpuSamples> RunJobAsync(string job, int count, MeasuredProcess[] others)
        {
            // Ingest ends when the dataset is complete.
            string[] arguments = [$"--Ingest:Input={workload.FileOf(count)}", $"--Ingest:Model={model.Identity}", $"--Ingest:Job={job}"];
            using var ingest = MeasuredProcess.Start("ingest", arguments, environment);
            return await WatchAsync(ingest, others);
        }
    }

    private static async Task<CpuSamples> WatchAsync(MeasuredProcess ingest, MeasuredProcess[] others)
    {
        var samples = new CpuSamples();
        MeasuredProcess[] all = [ingest, .. others];
        using var timer = new PeriodicTimer(Interval);
        while (!ingest.HasEnded)
        {
            var now = TimeProvider.System.GetUtcNow();
            foreach (var process in all)
                process.Sample();
            if (all.All(process => process.IsSampled))
                samples.Add(now, all.Sum(process => process.Last.CpuSeconds));
            await timer.WaitForNextTickAsync();
        }

        await ingest.EndAsync();
        return samples;
    }
}
