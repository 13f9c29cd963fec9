using Microsoft.Extensions.Logging;

namespace Rerank.Shared.Messaging;

/// <summary>
/// The NATS client's own log, a line an entry: its stack traces say nothing to whoever runs a stage. Until the first connection it is silent,
/// as <see cref="Broker.ConnectAsync"/> itself tells what fails then, and what to do.
/// </summary>
internal sealed class ConnectionLog(ILoggerFactory inner) : ILoggerFactory
{
    private volatile bool _isConnected;

    internal void Connected() => _isConnected = true;

    public ILogger CreateLogger(string categoryName) => new Logger(this, inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Providers belong to the host's own factory.");

    public void Dispose()
    {
        // The inner factory is the host's.
    }

    private sealed class Logger(ConnectionLog owner, ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => owner._isConnected && inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var text = formatter(state, exception);
            if (exception is not null)
                text += $" ({exception.GetBaseException().Message})";
            inner.Log(logLevel, eventId, text, exception: null, static (line, _) => line);
        }
    }
}
