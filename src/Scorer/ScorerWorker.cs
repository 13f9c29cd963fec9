using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Calibrating;
using Rerank.Scorer.Gate;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Publishing;
using Rerank.Scorer.Pulling;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;

namespace Rerank.Scorer;

/// <summary>The Scorer: pull → decode → tokenize → window → plan → lanes → publish → ack.</summary>
internal sealed class ScorerWorker(
    IOptions<ScorerOptions> options,
    IOptions<NatsOptions> nats,
    IOptions<QueueOptions> queue,
    StageOutcome outcome,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<ScorerWorker> logger) : BackgroundService
{
    // Results wait here while a publish is in flight; full means that the broker is slow, and the lanes wait with it.
    private const int ResultsCapacity = 256;

    /// <summary>How long a stopping Scorer waits for a broker that does not take its last scores.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // Not read before ExecuteAsync: by then all sections have been validated, and their errors told together.
    private ScorerOptions Options => options.Value;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => outcome.RunAsync(RunAsync, stoppingToken);

    private async Task<int> RunAsync(CancellationToken stopping)
    {
        var backend = BackendChoice.Of(Options);
        using var model = await ScoringModel.OpenAsync(Options.Model, backend, time, logger, stopping);
        var scorer = model.Identify(backend);
        await using var broker = await Broker.ConnectAsync(nats.Value, queue.Value, scorer.Name, loggers, time, stopping);

        var bounds = BatchingSettings.Of(Options, queue.Value.AckWait, model);
        LogStart(scorer, model, bounds);
        CheckScores(model, scorer, stopping);
        var cache = new CalibrationCache(ModelCache.DefaultFolder, CalibrationKey.For(model.Folder, model.Loaded, scorer.Device), time, logger);
        var calibration = new Calibration(cache, model.Loaded, time, logger);
        var cost = await Task.Run(() => calibration.Prepare(model.Folder, model.Tokenizer, bounds, Options.Calibration, stopping), stopping);

        await ScoreAsync(broker, model, scorer, bounds, cost, stopping);
        calibration.Keep(cost);
        return stopping.IsCancellationRequested
            ? ExitCode.Done
            : throw new StageFailedException(ExitCode.Failed, "The scorer ended although nobody had stopped it; start it again.");
    }

    private void CheckScores(ScoringModel model, ScorerIdentity scorer, CancellationToken stopping)
    {
        var buffers = new PassBuffers();
        new StartGate(Options.Gate, ModelCache.DefaultFolder, logger).Check(
            new GateSubject(model.Folder, model.Tokenizer, scorer.Backend, scorer.Device, model.Loaded.ShapeText),
            pairs => model.Loaded.Encoder.Run(pairs, pairs.Max(pair => pair.InputIds.Length), lane: 0, buffers).ToArray(),
            stopping);
    }

    private async Task ScoreAsync(
        Broker broker, ScoringModel model, ScorerIdentity scorer, BatcherOptions bounds, CostModel cost, CancellationToken stopping)
    {
        var jobs = await broker.JobsAsync(stopping);
        var live = await broker.LiveAsync(stopping);
        var held = new HeldDeliveries(new Acks(broker.Connection), queue.Value.AckWait, time);
        var patience = new BrokerPatience(time);
        var marks = new PoisonMarks(jobs, patience);
        var deadLetters = new DeadLetterPublisher(broker, held, patience, logger);

        var window = new PassQueue(new Batcher<ReadyPair>(bounds, cost), time);
        var results = Channel.CreateBounded<PassResult>(
            new BoundedChannelOptions(ResultsCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        var servedJobs = new ServedJobs(broker, jobs, model.Folder, window.PullTarget, time, logger);
        window.PullTargetChanged = servedJobs.Share;
        Lane[] lanes = [.. Enumerable.Range(0, scorer.Lanes).Select(number => new Lane(number, model.Loaded.Encoder, window, results.Writer, time))];
        var device = DeviceMonitor.For(scorer.Backend, time);
        var timings = new PassTimings(scorer.Backend, scorer.Device, model.Folder.Precision, bounds, new ResourceSampler(time, device));
        var publisher = new ScorePublisher(broker, held, deadLetters, marks, timings, window, scorer, time);
        var heartbeat = new Heartbeat(scorer.Name, live, queue.Value.LeaseAge / 3, time, logger);
        var targets = new TargetWatch(logger);

        using var pulling = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var impatience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var alive = new CancellationTokenSource();

        var parts = new RunningParts();
        parts.Add(servedJobs.RunAsync(PullAsync, pulling.Token), StopPullingAsync);
        parts.Add(Task.WhenAll(lanes.Select(lane => lane.Start())), () => Log.Draining(logger, window.Close()));
        parts.Add(publisher.RunAsync(results, impatience.Token), () => results.Writer.TryComplete());
        parts.Add(held.KeepAliveAsync(alive.Token), GiveBackAsync);
        parts.Add(heartbeat.RunAsync(Beat, alive.Token), alive.CancelAsync);
        if (device is not null)
            parts.Add(device.RunAsync(alive.Token), alive.CancelAsync);
        await parts.RunAsync();
        if (impatience.IsCancellationRequested)
            Log.DrainGivenUp(logger, Grace);
        Log.Ended(logger, publisher.PairsScored, publisher.TokensScored);

        Task PullAsync(ServedJob job, CancellationToken cancellationToken) =>
            new JobPuller(job, broker, model.Tokenizer, window, held, deadLetters, marks, time, logger).RunAsync(cancellationToken);

        ScorerHeartbeat Beat()
        {
            var state = window.Look();
            BatcherMetrics.Record(state, device?.Last ?? DeviceReading.None);
            return new ScorerHeartbeat(
                scorer.Name,
                scorer.Model,
                scorer.Backend,
                scorer.Lanes,
                publisher.PairsScored,
                publisher.TokensScored,
                targets.Look(state),
                publisher.Passes);
        }

        Task StopPullingAsync()
        {
            impatience.CancelAfter(Grace);
            return pulling.CancelAsync();
        }

        async Task GiveBackAsync()
        {
            await alive.CancelAsync();
            await held.GiveBackAsync(impatience.Token);
        }
    }

    private void LogStart(ScorerIdentity scorer, ScoringModel model, BatcherOptions bounds)
    {
        Log.Started(
            logger,
            scorer.Name,
            scorer.Model,
            scorer.Backend,
            scorer.Device,
            $"{model.Loaded.Layout}",
            model.Loaded.Shapes,
            bounds.MaxPassTokens,
            bounds.TargetLatencyMs?.ToString(CultureInfo.InvariantCulture) ?? "none",
            bounds.TargetThroughput?.ToString(CultureInfo.InvariantCulture) ?? "none");
        if (model.Folder.NeedsPassesOfOneRow)
            Log.OneRowAPass(logger, scorer.Model);
    }
}
