using Microsoft.Extensions.Logging;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Running;

/// <summary>Shows the warnings and errors of the hosts through the run's view, so that they do not tear the live line.</summary>
internal sealed class RunLog(IRunView view) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(view);

    public void Dispose()
    {
        // The view belongs to the run.
    }

    private sealed class Logger(IRunView view) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // The command tells a stage's failure itself, as its last line.
            if (!IsEnabled(logLevel) || eventId == StageOutcome.FailureEvent)
                return;
            var text = $"{(logLevel == LogLevel.Warning ? "warning" : "error")}: {formatter(state, exception)}";
            view.WriteLine(exception is null ? text : $"{text}\n{exception}");
        }
    }
}
