using System.Diagnostics.Tracing;
using System.Text.Json;
using AuditHost.Configuration.Secrets;
using AuditHost.Isolation.Messages;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation.Child;

/// <summary>Hands the plugin's log lines to the host, so many a second: a plugin that logs without end must not keep the channel busy.</summary>
internal sealed class ChannelLogger(MessageChannel channel, Redactor tokens, TimeProvider time) : ILogger
{
    private const int MostPerSecond = 100;

    private readonly Lock _lock = new();
    private long _second;
    private int _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || !HasRoom())
            return;
        string text = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}";
        _ = SendAsync(new LogMessage(LevelOf(logLevel), tokens.Redact(text)));
    }

    private async Task SendAsync(LogMessage line)
    {
        try
        {
            await channel.WriteAsync(MessageKind.Log, 0, JsonSerializer.SerializeToUtf8Bytes(line, MessageJson.Default.LogMessage));
        }
        catch (IOException)
        {
            // The host is gone, and this process ends with it.
        }
    }

    private bool HasRoom()
    {
        lock (_lock)
        {
            long second = time.GetTimestamp() / time.TimestampFrequency;
            if (second != _second)
                (_second, _lines) = (second, 0);
            return ++_lines <= MostPerSecond;
        }
    }

    private static EventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Critical => EventLevel.Critical,
        LogLevel.Error => EventLevel.Error,
        LogLevel.Warning => EventLevel.Warning,
        LogLevel.Debug => EventLevel.Verbose,
        _ => EventLevel.Informational,
    };
}
