using Rerank.Benchmarks.Overhead;
using Rerank.Benchmarks.Whole;
using Rerank.Scorer.Models;
using Rerank.TestKit;

namespace Rerank.Benchmarks.Steady;

/// <summary>
/// The pipeline: Ingest, Scorer and Sink, each a process, and a nats-server, in the midst of a job. A turn ends with SIGSTOP for all four.
/// </summary>
/// <param name="key">As <c>--only</c> names it.</param>
/// <param name="title">What it is.</param>
/// <param name="folder">Of the model, as the Scorer is given it.</param>
/// <param name="model">The same, opened.</param>
/// <param name="workload">The pairs.</param>
/// <param name="pairs">Of the job; they have to last for all turns.</param>
/// <param name="work">A folder of its own.</param>
/// <param name="settings">Environment variables.</param>
internal sealed class PipelineTaker(
    string key,
    string title,
    string folder,
    ModelFolder model,
    WholeWorkload workload,
    int pairs,
    string work,
    IReadOnlyDictionary<string, string> settings) : ITurnTaker
{
    // Compiling is over by then, for the most part.
    internal static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);

    private readonly List<MeasuredProcess> _processes = [];
    private NatsServer? _server;

    public string Key => key;

    public string Title => title;

    public double CpuSeconds
    {
        get
        {
            _processes.ForEach(process => process.Sample());
            return _processes.Sum(process => process.Last.CpuSeconds);
        }
    }

    private string Output => Path.Combine(work, "output");

    private MeasuredProcess Ingest => _processes[^1];

    public async Task PrepareAsync()
    {
        _server = await NatsServer.StartAsync();
        var environment = new Dictionary<string, string>(settings)
        {
            ["RERANK_CACHE"] = Path.Combine(work, "cache"),
            ["Scorer__Model"] = folder,
            ["Sink__Output"] = Output,
            ["Nats__Url"] = _server.Url,
            // While the others have their turns, nobody renews a lease or says that a pair is being worked on.
            ["Queue__LeaseAge"] = "00:05:00",
            ["Queue__AckWait"] = "00:05:00",
        };
        _processes.Add(MeasuredProcess.Of("nats-server", _server.ProcessId));
        _processes.Add(MeasuredProcess.Start("scorer", [], environment));
        _processes.Add(MeasuredProcess.Start("sink", [], environment));
        _processes.Add(MeasuredProcess.Start(
            "ingest", [$"--Ingest:Input={workload.FileOf(pairs)}", $"--Ingest:Model={model.Identity}", "--Ingest:Job=steady"], environment));
        await Task.Delay(WarmUp, TimeProvider.System);
        await PauseAsync();
    }

    public void Resume() => _processes.ForEach(process => process.Continue());

    public Task PauseAsync()
    {
        if (Ingest.HasEnded)
            throw new InvalidOperationException($"The job of {pairs:N0} pairs was done before the turns were.");
        _processes.ForEach(process => process.Stop());
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<ScoredPass>> EndAsync()
    {
        Resume();
        // It ends by itself, when the dataset is complete.
        await Ingest.WaitAsync();
        foreach (var process in _processes.Skip(1).SkipLast(1))
            await process.EndAsync();
        var rows = Duck.Scalar<long>($"select count(*) from read_parquet('{Output}/scores/*/*.parquet')");
        if (rows != pairs)
            throw new InvalidOperationException($"The dataset has {rows:N0} rows of {pairs:N0}.");
        return
        [
            .. Duck.Query($"""
                select epoch_us(started_at) / 1e6, epoch_us(started_at) / 1e6 + inference_ms / 1e3, pairs, tokens_real
                from read_parquet('{Output}/batches/*/*.parquet')
                """)
                .Select(row => new ScoredPass(
                    Convert.ToDouble(row[0]), Convert.ToDouble(row[1]), Convert.ToInt32(row[2]), Convert.ToInt64(row[3]))),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Skip(1))
        {
            process.Kill();
            process.Dispose();
        }

        if (_server is not null)
        {
            // A stopped one could not end.
            _processes[0].Continue();
            await _server.DisposeAsync();
        }
    }
}
