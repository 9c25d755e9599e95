using Microsoft.Extensions.Logging;

namespace AuditHost.Telemetry;

/// <summary>A logger of one part of the host. The framework's own parts only speak up when something is wrong.</summary>
internal sealed class LineLogger(string category, LogLevel level, LineWriter writer) : ILogger
{
    private readonly LogLevel _least =
        category.StartsWith("Microsoft.", StringComparison.Ordinal) && level < LogLevel.Warning ? LogLevel.Warning : level;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            writer.Write(logLevel, category, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>>, exception);
    }
}
