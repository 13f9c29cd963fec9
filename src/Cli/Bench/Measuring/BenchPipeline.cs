using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Cli.Embedded;
using Rerank.Cli.Reports.Recording;
using Rerank.Cli.Running;
using Rerank.Ingest;
using Rerank.Ingest.Jobs;
using Rerank.Scorer;
using Rerank.Shared;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.Sink;
using Rerank.Sink.Dataset;

namespace Rerank.Cli.Bench.Measuring;

/// <summary>A private broker, a Sink and one Scorer after the other. What a former bench left in the queues is removed at the start, its own at the end.</summary>
internal sealed class BenchPipeline : IAsyncDisposable
{
    private const int WarmUpRequests = 2;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly EmbeddedBroker _embedded;
    private readonly Broker _broker;
    private readonly JobLedger _ledger;
    private readonly string _dataset;
    private readonly string[] _brokerArguments;
    private readonly IRunView _view;
    private readonly RunLog _log;
    private readonly TimeProvider _time;
    private readonly Stage _sink;
    private Stage? _scorer;
    private (ScorerSettings Settings, string Model)? _running;

    private BenchPipeline(
        EmbeddedBroker embedded, Broker broker, JobLedger ledger, string dataset, string[] brokerArguments, IRunView view, RunLog log, TimeProvider time, Stage sink)
    {
        _embedded = embedded;
        _broker = broker;
        _ledger = ledger;
        _dataset = dataset;
        _brokerArguments = brokerArguments;
        _view = view;
        _log = log;
        _time = time;
        _sink = sink;
    }

    internal static async Task<BenchPipeline> StartAsync(string output, TimeProvider time, CancellationToken cancellationToken)
    {
        var dataset = DatasetFile.Read(output)?.Id ?? $"ds-{Guid.NewGuid().ToString("N")[..8]}";
        Directory.CreateDirectory(output);
        DatasetFile.Claim(output, dataset, time);
        var embedded = await StartBrokerAsync(output, time, cancellationToken);
        string[] brokerArguments =
            [$"--Nats:Url={embedded.Url}", $"--Nats:Namespace={Names.DefaultNamespace}", $"--Queue:MaxBytes={embedded.StreamBytes}", "--Queue:Replicas=1"];
        var settings = BrokerSettings.ForPrivate(embedded.Url, embedded.StreamBytes);
        var broker = await Broker.ConnectAsync(settings.Nats, settings.Queue, "rerank-bench", NullLoggerFactory.Instance, time, cancellationToken);
        var view = RunViews.OnStderr(time);
        var log = new RunLog(view);
        string[] sinkArguments = [$"--Sink:Output={output}", $"--Sink:Dataset={dataset}", .. brokerArguments];
        var sink = await Stage.StartAsync("Sink", compose => SinkHost.Build(sinkArguments, compose), log, cancellationToken);
        var ledger = await JobLedger.OpenAsync(broker, cancellationToken);
        return new BenchPipeline(embedded, broker, ledger, dataset, brokerArguments, view, log, time, sink);
    }

    /// <summary>Starts a Scorer with these settings, unless it is there, and scores some pairs that do not count.</summary>
    /// <returns>Full identity of its model.</returns>
    /// <exception cref="StageFailedException">It does not start, or does not score.</exception>
    internal async Task<string> UseScorerAsync(ScorerSettings settings, string identity, int batch, CancellationToken cancellationToken)
    {
        if (_running is { } running && running.Settings == settings)
            return running.Model;
        await StopScorerAsync();
        string[] arguments = [.. settings.Arguments(), .. _brokerArguments];
        _scorer = await Stage.StartAsync("Scorer", compose => ScorerHost.Build(arguments, compose), _log, cancellationToken);
        var warmUp = new GridPoint(0, batch, Callers: 1, Rate: null, WarmUpRequests);
        var (_, model) = await RunJobAsync($"warm-up-{Suffix()}", identity, LoadShape.Closed, warmUp, seed: 0, cancellationToken);
        _running = (settings, model);
        return model;
    }

    /// <summary>Measures one configuration; its scores and passes are in the tables when this returns.</summary>
    /// <exception cref="StageFailedException">A stage failed, or not every pair was scored once.</exception>
    internal async Task<IReadOnlyList<RequestRow>> MeasureAsync(
        PlannedRun run, string identity, GridPoint point, Measurement measurement, CancellationToken cancellationToken)
    {
        // What an attempt that was interrupted wrote is of another job, which no report counts.
        var job = $"{measurement.Run}-{measurement.Configuration}-{measurement.Repeat}-{Suffix()}";
        var (rows, _) = await RunJobAsync(job, identity, run.Experiment.Load, point, measurement.Repeat, cancellationToken);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await StopScorerAsync();
        await _sink.StopAsync();
        await _sink.DisposeAsync();
        await _broker.DisposeAsync();
        await _embedded.RemoveAsync();
        await _embedded.DisposeAsync();
        _log.Dispose();
        await _view.DisposeAsync();
    }

    private static string Suffix() => Guid.NewGuid().ToString("N")[..6];

    private static async Task<EmbeddedBroker> StartBrokerAsync(string output, TimeProvider time, CancellationToken cancellationToken)
    {
        var embedded = await EmbeddedBroker.StartAsync(output, time, cancellationToken);
        if (!embedded.Resumed)
            return embedded;
        await embedded.RemoveAsync();
        await embedded.DisposeAsync();
        return await EmbeddedBroker.StartAsync(output, time, cancellationToken);
    }

    private async Task StopScorerAsync()
    {
        if (_scorer is not { } scorer)
            return;
        (_scorer, _running) = (null, null);
        await scorer.StopAsync();
        await scorer.DisposeAsync();
    }

    private async Task<(IReadOnlyList<RequestRow> Rows, string Model)> RunJobAsync(
        string job, string model, LoadShape shape, GridPoint point, int seed, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = MeasureJobAsync(job, model, shape, point, seed, ending.Token);
        var broker = _embedded.FailWhenEndedAsync(ending.Token);
        try
        {
            var first = await Task.WhenAny(work, _scorer!.Ended, _sink.Ended, broker);
            if (first != work && !cancellationToken.IsCancellationRequested)
            {
                var stage = _scorer.Ended.IsCompleted ? _scorer : _sink;
                throw first == broker ? broker.Exception!.InnerException! : new StageFailedException(ExitCode.Failed, stage.Failure ?? $"{stage.Name} ended.");
            }

            return await work;
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(work, broker).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<(IReadOnlyList<RequestRow> Rows, string Model)> MeasureJobAsync(
        string job, string model, LoadShape shape, GridPoint point, int seed, CancellationToken cancellationToken)
    {
        await using var answers = await Answers.ListenAsync(_broker, _dataset, job, _time, cancellationToken);
        var spec = new JobSpec(job, JobKind.Published, _dataset, model, new IngestOptions().MaxLength, Source: null, ToolVersion.Text);
        var load = new JobLoad(_broker, _ledger, spec, answers, _time).RunAsync(shape, point, seed, cancellationToken);
        await await Task.WhenAny(load, answers.Failed);
        var rows = await load;
        await _ledger.ClosePublishedAsync(job, cancellationToken);
        var status = await CompleteAsync(job, cancellationToken);
        var pairs = rows.Sum(row => (long)row.Pairs);
        return status.Sink is { } sink && sink.Written == pairs && sink.Dead == 0
            ? (rows, status.Model!)
            : throw new StageFailedException(ExitCode.Failed, $"The measurement is void: {pairs} pairs were sent, {status.Sink?.Written} written, {status.Sink?.Dead} dead.");
    }

    private async Task<JobStatus> CompleteAsync(string job, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PollInterval, _time);
        while (true)
        {
            if (await _ledger.FindAsync(job, cancellationToken) is { Sink.Complete: true } status)
                return status;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
