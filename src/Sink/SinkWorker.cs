using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;
using Rerank.Shared.Topology;
using Rerank.Sink.Dataset;
using Rerank.Sink.Writing;

namespace Rerank.Sink;

/// <summary>Holds the dataset, by lock and lease, and writes what comes on SCORES and DEAD until it is stopped.</summary>
internal sealed class SinkWorker(
    IOptions<SinkOptions> options,
    IOptions<NatsOptions> nats,
    IOptions<QueueOptions> queue,
    StageOutcome outcome,
    Disk disk,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan PauseBetweenSessions = TimeSpan.FromSeconds(1);

    private readonly SinkOptions _options = options.Value;
    private readonly ILogger _logger = loggers.CreateLogger<SinkWorker>();

    // Off the caller's thread: opening a dataset reads files.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => outcome.RunAsync(RunAsync, stoppingToken), CancellationToken.None);

    private async Task<int> RunAsync(CancellationToken stopping)
    {
        var folder = DatasetFolder.Open(_options.Output);
        using var @lock = DatasetLock.Take(folder);
        DatasetFile.Claim(folder, _options.Dataset, time);
        try
        {
            await using var broker = await Broker.ConnectAsync(
                nats.Value, queue.Value, $"rerank-sink-{_options.Dataset}", loggers, time, stopping);
            while (!await TryRunSessionAsync(broker, folder, stopping))
                await Task.Delay(PauseBetweenSessions, time, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Before anything was taken, or between two sessions.
        }

        return ExitCode.Done;
    }

    /// <summary>Runs one holding of the dataset; false if it ended by something that another one may outlive.</summary>
    private async Task<bool> TryRunSessionAsync(Broker broker, DatasetFolder folder, CancellationToken stopping)
    {
        try
        {
            await using var lease = await SinkLease.TakeAsync(broker, _options.Dataset, _logger, stopping);
            try
            {
                await RunSessionAsync(broker, folder, lease.Lost, stopping);
                return true;
            }
            catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
            {
                Log.SessionEnded(_logger, "the lease was lost");
            }
        }
        catch (EpochEndedException e)
        {
            Log.SessionEnded(_logger, e.Message);
        }
        catch (NatsException e) when (e is not NatsJSApiException { Error.Code: not (404 or 503) })
        {
            Log.SessionEnded(_logger, $"the broker failed ({e.Message})");
        }

        return stopping.IsCancellationRequested;
    }

    private async Task RunSessionAsync(Broker broker, DatasetFolder folder, CancellationToken lost, CancellationToken stopping)
    {
        using var opening = CancellationTokenSource.CreateLinkedTokenSource(lost, stopping);
        var epoch = EpochFolder.Start(folder, disk, time);
        var context = new WriteContext(folder, _options.Dataset, epoch, _options, disk, time);
        var session = await SinkSession.OpenAsync(broker, context, _logger, opening.Token);
        Log.Started(_logger, _options.Dataset, folder.Path);
        await session.RunAsync(stopping, lost);
    }
}
