using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Cli.Embedded;
using Rerank.Ingest.Jobs;
using Rerank.Shared.Hosting;
using Rerank.Shared.Messaging;

namespace Rerank.Cli.Running;

/// <summary>Ingest, Scorer and Sink in this process, with a private broker unless one is named.</summary>
internal static class LocalRun
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs a job to its end. Progress goes to stderr.</summary>
    /// <exception cref="BrokerUnavailableException">The named server cannot be used.</exception>
    /// <exception cref="StageFailedException">A stage failed, or the request cannot be done; with the exit code and the message.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; everything was drained and the same request resumes.</exception>
    internal static async Task<RunResult> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var plan = await RunPlan.ForAsync(request, time, cancellationToken);
        if (plan.FinishedForGood is { } finished)
            return finished;

        await using var embedded = request.NatsUrl is null
            ? await EmbeddedBroker.StartAsync(plan.Output, time, cancellationToken)
            : null;
        var settings = plan.Settings.At(request.NatsUrl ?? embedded!.Url, embedded?.StreamBytes);
        await using var broker = await ConnectAsync(request, embedded, time, cancellationToken);
        if (plan.Finished is { } complete && !await PendingWork.ExistsAsync(broker, plan.Spec, cancellationToken))
            return complete;

        if (embedded is { Resumed: true })
            await FormerState.ClearAsync(broker, cancellationToken);
        var result = await RunStagesAsync(plan, settings, broker, embedded, time, cancellationToken);
        if (embedded is not null && !await PendingWork.IsKeptForAsync(broker, cancellationToken))
        {
            await broker.DisposeAsync();
            await embedded.RemoveAsync();
        }

        return result;
    }

    private static async Task<RunResult> RunStagesAsync(
        RunPlan plan, StageSettings settings, Broker broker, EmbeddedBroker? embedded, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        await using var view = RunViews.OnStderr(time);
        using var log = new RunLog(view);
        await using var pipeline = await PipelineRun.StartAsync(
            settings, log, () => PendingWork.UntilSinkHasReadDeadAsync(broker, plan.Spec, time, cancellationToken), cancellationToken);

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = ShowProgressAsync(new ProgressReader(broker, plan.Spec.Job, plan.SourceBytes, time), view, time, watching.Token);
        try
        {
            var brokerEnds = embedded?.FailWhenEndedAsync(watching.Token) ?? Task.Delay(Timeout.InfiniteTimeSpan, time, watching.Token);
            var first = await Task.WhenAny(pipeline.WaitForEndAsync(), brokerEnds);
            await first;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            view.WriteLine("interrupted: finishing what has been read (again to end at once) …");
            await pipeline.DrainAsync();
            throw;
        }
        finally
        {
            await watching.CancelAsync();
            await progress;
        }

        await pipeline.DrainAsync();
        var ledger = await JobLedger.OpenAsync(broker, cancellationToken);
        var status = await ledger.FindAsync(plan.Spec.Job, cancellationToken);
        return plan.ResultOf(status!, time.GetElapsedTime(began));
    }

    private static async Task<Broker> ConnectAsync(
        RunRequest request, EmbeddedBroker? embedded, TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = embedded is null
            ? BrokerSettings.FromEnvironment(request.NatsUrl)
            : BrokerSettings.ForPrivate(embedded.Url, embedded.StreamBytes);
        return await Broker.ConnectAsync(settings.Nats, settings.Queue, "rerank-run", NullLoggerFactory.Instance, time, cancellationToken);
    }

    private static async Task ShowProgressAsync(ProgressReader reader, IRunView view, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ProgressInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (await reader.ReadAsync(cancellationToken) is { } progress)
                    view.Show(progress);
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }
}
