using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rerank.TestKit;

/// <summary>Keeps what was logged.</summary>
public sealed class RecordedLog : ILogger, ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> _entries = new();

    public IReadOnlyCollection<(LogLevel Level, string Text, Exception? Exception)> Entries => _entries;

    /// <summary>Called after each entry.</summary>
    public Action<string>? OnEntry { get; init; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        _entries.Enqueue((logLevel, text, exception));
        OnEntry?.Invoke(text);
    }

    public void Dispose()
    {
        // Holds nothing but text.
    }
}
