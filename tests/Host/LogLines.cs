using System.Threading.Channels;
using AuditHost.Tests.Journal;
using Microsoft.Extensions.Logging;

namespace AuditHost.Tests;

/// <summary>A log whose lines a test awaits one by one.</summary>
internal sealed class LogLines : ILogger
{
    private readonly Channel<(LogLevel Level, string Text)> _lines = Channel.CreateUnbounded<(LogLevel, string)>();

    public Task<(LogLevel Level, string Text)> NextAsync() => _lines.Reader.ReadAsync().AsTask().WaitAsync(JournalFolder.Patience);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite((logLevel, formatter(state, exception)));
}
