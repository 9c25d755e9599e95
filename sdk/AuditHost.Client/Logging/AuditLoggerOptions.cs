using Microsoft.Extensions.Logging;

namespace AuditHost.Client.Logging;

/// <summary>How log entries become audit events.</summary>
public sealed class AuditLoggerOptions
{
    /// <summary>The least level that is sent, besides what the application's own filters say.</summary>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Information;

    /// <summary>The type of events whose entry has no event name.</summary>
    public string EventType { get; init; } = "LogEvent";

    /// <summary>The component that writes them; the application's name without it.</summary>
    public string Source { get; init; } = AppDomain.CurrentDomain.FriendlyName;
}
