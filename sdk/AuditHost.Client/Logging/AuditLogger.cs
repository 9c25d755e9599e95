using Microsoft.Extensions.Logging;

namespace AuditHost.Client.Logging;

/// <summary>Writes the entries of one category.</summary>
internal sealed class AuditLogger(AuditClient client, AuditLoggerOptions options, string category, Func<IExternalScopeProvider?> scopes) : ILogger
{
    /// <summary>The message's template, which logging puts among its values.</summary>
    private const string Template = "{OriginalFormat}";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => scopes()?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= options.MinimumLevel && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
            return;
        var payload = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["category"] = category };
        if (eventId.Id != 0)
            payload["event_number"] = eventId.Id;
        scopes()?.ForEachScope(static (scope, values) => Add(values, scope), payload);
        Add(payload, state);
        if (exception is not null)
            payload["exception"] = exception.ToString();
        Post(new AuditRecord
        {
            EventType = string.IsNullOrEmpty(eventId.Name) ? options.EventType : eventId.Name,
            Severity = SeverityOf(logLevel),
            Source = options.Source,
            User = payload.GetValueOrDefault("User")?.ToString(),
            OperationId = (payload.GetValueOrDefault("OperationId") ?? payload.GetValueOrDefault("operation_id"))?.ToString(),
            Message = formatter(state, exception),
            Payload = payload,
        });
    }

    private void Post(AuditRecord record)
    {
        try
        {
            client.Post(record);
        }
        catch (ObjectDisposedException)
        {
            // An application that logs while it ends must not fail for it.
        }
    }

    private static void Add(Dictionary<string, object?> payload, object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
            return;
        foreach ((string name, object? value) in values)
        {
            if (name != Template)
                payload[name] = value;
        }
    }

    private static AuditSeverity SeverityOf(LogLevel level) => level switch
    {
        LogLevel.Warning => AuditSeverity.Medium,
        LogLevel.Error => AuditSeverity.High,
        LogLevel.Critical => AuditSeverity.Critical,
        _ => AuditSeverity.Info,
    };
}
