using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Gate;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Hub;
using Rerank.Scorer.Publishing;
using Rerank.Scorer.Pulling;
using Rerank.Scorer.Tokenization;
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
        var model = await ModelFolder.OpenAsync(Options.Model, new PullLog(logger), time, stopping);
        var tokenizer = LoadTokenizer(model);
        var choice = BackendChoice.Of(Options);
        using var loaded = LoadedModel.Load(model, tokenizer, choice, logger);
        var scorer = new ScorerIdentity(
            ScorerIdentity.NewName(),
            model.Identity,
            Backends.NameOf(loaded.Backend),
            DeviceName.Of(loaded.Backend, choice.CoreML),
            loaded.Layout.Lanes);

        await using var broker = await Broker.ConnectAsync(nats.Value, queue.Value, scorer.Name, loggers, time, stopping);
        Log.Started(
            logger,
            scorer.Name,
            scorer.Model,
            scorer.Backend,
            scorer.Device,
            $"{loaded.Layout}",
            loaded.Shapes,
            Options.TokenBudget,
            Options.WindowPairs);
        if (model.NeedsPassesOfOneRow)
            Log.OneRowAPass(logger, scorer.Model);
        CheckScores(model, loaded.Encoder, scorer, stopping);
        await ScoreAsync(broker, model, tokenizer, loaded.Encoder, scorer, stopping);
        return stopping.IsCancellationRequested
            ? ExitCode.Done
            : throw new StageFailedException(ExitCode.Failed, "The scorer ended although nobody had stopped it; start it again.");
    }

    private void CheckScores(ModelFolder model, IEncoder encoder, ScorerIdentity scorer, CancellationToken stopping)
    {
        var buffers = new PassBuffers();
        new StartGate(Options.Gate, ModelCache.DefaultFolder, logger).Check(
            model,
            scorer.Backend,
            scorer.Device,
            pairs => encoder.Run(pairs, pairs.Max(pair => pair.InputIds.Length), lane: 0, buffers).ToArray(),
            stopping);
    }

    private async Task ScoreAsync(
        Broker broker, ModelFolder model, PairTokenizer tokenizer, IEncoder encoder, ScorerIdentity scorer, CancellationToken stopping)
    {
        var jobs = await broker.JobsAsync(stopping);
        var live = await broker.LiveAsync(stopping);
        var held = new HeldDeliveries(new Acks(broker.Connection), queue.Value.AckWait, time);
        var patience = new BrokerPatience(time);
        var marks = new PoisonMarks(jobs, patience);
        var deadLetters = new DeadLetterPublisher(broker, held, patience, logger);

        var bounds = new BatcherOptions
        {
            Lanes = scorer.Lanes,
            MaxPassTokens = Options.TokenBudget,
            OneRowAPass = model.NeedsPassesOfOneRow,
            MaxWindow = Options.WindowPairs,
        };
        var window = new PassQueue(new Batcher<ReadyPair>(bounds, new CostModel()), time);
        var results = Channel.CreateBounded<PassResult>(
            new BoundedChannelOptions(ResultsCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        var servedJobs = new ServedJobs(broker, jobs, model, Options.WindowPairs, time, logger);
        Lane[] lanes = [.. Enumerable.Range(0, scorer.Lanes).Select(number => new Lane(number, encoder, window, results.Writer, time))];
        var device = DeviceMonitor.For(scorer.Backend, time);
        var timings = new PassTimings(scorer.Backend, scorer.Device, model.Precision, new ResourceSampler(time, device));
        var publisher = new ScorePublisher(broker, held, deadLetters, marks, timings, scorer);
        var heartbeat = new Heartbeat(live, queue.Value.LeaseAge / 3, time, logger);

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
            new JobPuller(job, broker, tokenizer, window, held, deadLetters, marks, time, logger).RunAsync(cancellationToken);

        ScorerHeartbeat Beat() =>
            new(scorer.Name, scorer.Model, scorer.Backend, scorer.Lanes, publisher.PairsScored, publisher.TokensScored);

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

    private static PairTokenizer LoadTokenizer(ModelFolder model)
    {
        try
        {
            return PairTokenizer.Load(model.TokenizerFolder);
        }
        catch (TokenizerException e)
        {
            throw new StageFailedException(ExitCode.WrongUsage, e.Message);
        }
    }
}
