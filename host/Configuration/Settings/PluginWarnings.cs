using Microsoft.Extensions.Logging;

namespace AuditHost.Configuration.Settings;

/// <summary>What a plugin warns of while it checks its settings: the operator sees it with its place in the file.</summary>
/// <param name="warn">Takes each warning.</param>
internal sealed class PluginWarnings(Action<string> warn) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;

        // What the plugin said, without the destination's name in front: the place in the file says that already.
        string text = (state as IEnumerable<KeyValuePair<string, object?>>)?.FirstOrDefault(pair => pair.Key == "Message").Value as string
            ?? formatter(state, exception);
        warn(text);
    }
}
