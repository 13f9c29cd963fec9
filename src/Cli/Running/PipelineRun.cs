using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rerank.Ingest;
using Rerank.Scorer;
using Rerank.Shared.Hosting;
using Rerank.Sink;

namespace Rerank.Cli.Running;

/// <summary>The three stages of one job in this process: started from the end of the flow to its beginning, stopped the other way round.</summary>
internal sealed class PipelineRun : IAsyncDisposable
{
    // After a failure nothing is waited for that may never come, such as the answer of a broker that is gone.
    private static readonly TimeSpan AbandonAfter = TimeSpan.FromSeconds(5);

    private readonly Stage _ingest;
    private readonly Stage _scorer;
    private readonly Stage _sink;

    private PipelineRun(Stage ingest, Stage scorer, Stage sink)
    {
        _ingest = ingest;
        _scorer = scorer;
        _sink = sink;
    }

    /// <summary>Every setting error of every stage, one line each; none if they would start.</summary>
    internal static IReadOnlyList<string> SettingErrors(StageSettings settings)
    {
        var errors = new List<string>();
        foreach (var build in new Func<IHost>[]
        {
            () => IngestHost.Build(settings.Ingest), () => ScorerHost.Build(settings.Scorer), () => SinkHost.Build(settings.Sink),
        })
        {
            try
            {
                using var host = build();
                host.Services.GetService<IStartupValidator>()?.Validate();
            }
            catch (Exception e) when (StageHost.SettingErrors(e) is { } found)
            {
                errors.AddRange(found);
            }
        }

        return [.. errors.Select(StageSettings.InOptions)];
    }

    /// <param name="settings">At a broker.</param>
    /// <param name="log">Takes the hosts' warnings.</param>
    /// <param name="beforeIngest">Runs when the Sink and the Scorer have been started.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    internal static async Task<PipelineRun> StartAsync(
        StageSettings settings, ILoggerProvider log, Func<Task> beforeIngest, CancellationToken cancellationToken)
    {
        var sink = await Stage.StartAsync("Sink", compose => SinkHost.Build(settings.Sink, compose), log, cancellationToken);
        var scorer = await Stage.StartAsync("Scorer", compose => ScorerHost.Build(settings.Scorer, compose), log, cancellationToken);
        // A stage that has failed by now is found by WaitForEndAsync; what is waited for here might then never come.
        await await Task.WhenAny(beforeIngest(), sink.Ended, scorer.Ended);
        var ingest = await Stage.StartAsync("Ingest", compose => IngestHost.Build(settings.Ingest, compose), log, cancellationToken);
        return new PipelineRun(ingest, scorer, sink);
    }

    /// <summary>Returns when Ingest has seen the job complete.</summary>
    /// <returns>Exit code of Ingest: done, or done with dead letters.</returns>
    /// <exception cref="StageFailedException">A stage failed, or ended before the job did.</exception>
    internal async Task<int> WaitForEndAsync()
    {
        var first = await Task.WhenAny(_ingest.Ended, _scorer.Ended, _sink.Ended);
        await first;
        if (FindFailure() is { } failed)
            throw new StageFailedException(failed.ExitCode, failed.Failure!);
        if (!_ingest.Ended.IsCompleted)
        {
            var early = _scorer.Ended.IsCompleted ? _scorer : _sink;
            throw new StageFailedException(ExitCode.Failed, $"{early.Name} ended before the job did. The same command resumes it.");
        }

        return _ingest.ExitCode;
    }

    /// <summary>Stops reading, scores and publishes what is in the lanes, writes what is buffered.</summary>
    /// <exception cref="StageFailedException">A stage failed while it finished its work.</exception>
    internal async Task DrainAsync()
    {
        await _ingest.StopAsync();
        await _scorer.StopAsync();
        await _sink.StopAsync();
        if (FindFailure() is { } failed)
            throw new StageFailedException(failed.ExitCode, failed.Failure!);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_ingest.StopAsync(), _scorer.StopAsync(), _sink.StopAsync()).WaitAsync(AbandonAfter);
        }
        catch (TimeoutException)
        {
            return;
        }

        await _ingest.DisposeAsync();
        await _scorer.DisposeAsync();
        await _sink.DisposeAsync();
    }

    private Stage? FindFailure() => new[] { _ingest, _scorer, _sink }.FirstOrDefault(stage => stage.Failure is not null);
}
