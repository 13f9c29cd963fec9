using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Rerank.Scorer.Batching;
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => outcome.RunAsync(RunAsync, stoppingToken);

    private async Task<int> RunAsync(CancellationToken stopping)
    {
        var settings = options.Value;
        var model = await OpenModelAsync(settings.Model, stopping);
        var tokenizer = LoadTokenizer(model);
        var scorer = ScorerIdentity.Create(model.Identity);
        var backend = Backends.Resolve(settings.Backend);
        var lanes = settings.Lanes == 0 ? Environment.ProcessorCount : settings.Lanes;
        var device = DeviceName.OfCpu();

        await using var broker = await Broker.ConnectAsync(nats.Value, queue.Value, scorer.Name, loggers, time, stopping);
        using var encoder = CrossEncoder.LoadForCpu(model, tokenizer.PadTokenId);
        Log.Started(logger, scorer.Name, model.Identity, backend, device, lanes, settings.TokenBudget, settings.WindowPairs);

        var jobs = await broker.JobsAsync(stopping);
        var held = new HeldDeliveries(new Acks(broker.Connection), queue.Value.AckWait, time);
        var deadLetters = new DeadLetterPublisher(broker, held, logger);
        var marks = new PoisonMarks(jobs);
        var passes = new PassQueue(new PassPlanner(settings.TokenBudget));
        var results = Channel.CreateBounded<PassResult>(
            new BoundedChannelOptions(ResultsCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        var timings = new PassTimings(backend, device, model.Precision, new ResourceSampler(time));
        var publisher = new ScorePublisher(broker, held, deadLetters, marks, timings, scorer);
        var servedJobs = new ServedJobs(broker, jobs, model, settings.WindowPairs, time, logger);
        Lane[] running = [.. Enumerable.Range(0, lanes).Select(number => new Lane(number, encoder, passes, results.Writer, time))];

        // Ended in order: pulling first, then the lanes, then publishing; the signs of life last.
        using var pulling = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var alive = new CancellationTokenSource();
        var keepAlive = held.KeepAliveAsync(alive.Token);
        var heartbeat = BeatAsync(broker, () => new ScorerHeartbeat(
            scorer.Name, model.Identity, backend, lanes, publisher.PairsScored, publisher.TokensScored), alive.Token);
        foreach (var lane in running)
            lane.Start();
        var lanesEnded = Task.WhenAll(running.Select(lane => lane.Ended));
        var publishing = publisher.RunAsync(results.Reader, CancellationToken.None);
        var pullingEnded = servedJobs.RunAsync(
            (job, token) => new JobPuller(job, broker, tokenizer, passes, held, deadLetters, marks, time, logger).RunAsync(token),
            pulling.Token);

        var first = await Task.WhenAny(pullingEnded, lanesEnded, publishing, keepAlive, heartbeat);
        if (first == publishing)
            results.Writer.TryComplete();

        await pulling.CancelAsync();
        await IgnoreCancellationAsync(pullingEnded);
        var waiting = passes.Close();
        Log.Draining(logger, waiting.Count);
        foreach (var pair in waiting)
            await held.NakAsync(pair.Delivery, CancellationToken.None);
        await lanesEnded;
        results.Writer.TryComplete();
        await publishing;
        await alive.CancelAsync();
        await IgnoreCancellationAsync(keepAlive);
        await IgnoreCancellationAsync(heartbeat);
        Log.Ended(logger, publisher.PairsScored, publisher.TokensScored);
        await IgnoreCancellationAsync(first);
        return ExitCode.Done;
    }

    private async Task<ModelFolder> OpenModelAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await ModelFolder.OpenAsync(reference, new PullLog(logger), time, cancellationToken);
        }
        catch (ModelException e)
        {
            throw new StageFailedException(ExitCode.WrongUsage, e.Message);
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

    private static async Task IgnoreCancellationAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // Asked for.
        }
    }

    private async Task BeatAsync(Broker broker, Func<ScorerHeartbeat> read, CancellationToken cancellationToken)
    {
        var live = await broker.LiveAsync(cancellationToken);
        var key = Names.ScorerKey(read().Scorer);
        using var timer = new PeriodicTimer(queue.Value.LeaseAge / 3, time);
        do
        {
            try
            {
                await live.PutAsync(key, read(), WireJson.Default.ScorerHeartbeat, cancellationToken);
            }
            catch (NatsException e)
            {
                Log.HeartbeatMissed(logger, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
