using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>
/// Severities in OpenTelemetry's numbers (logs data model, "Mapping of SeverityNumber"), each in the range that a backend shows with its
/// own colour and filter: Low is INFO2, as a notice of syslog is; Critical is FATAL, so that it can be told from High.
/// </summary>
internal static class LogSeverity
{
    public static uint NumberOf(Severity severity) => severity switch
    {
        Severity.Info => 9,
        Severity.Low => 10,
        Severity.Medium => 13,
        Severity.High => 17,
        Severity.Critical => 21,
        _ => 0,
    };

    /// <summary>The name at its source, as the data model wants it.</summary>
    public static ReadOnlySpan<byte> TextOf(Severity severity) => severity switch
    {
        Severity.Info => "Info"u8,
        Severity.Low => "Low"u8,
        Severity.Medium => "Medium"u8,
        Severity.High => "High"u8,
        Severity.Critical => "Critical"u8,
        _ => default,
    };
}
