using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Severities as events spell them.</summary>
internal static class SeverityName
{
    public static ReadOnlySpan<byte> Of(Severity severity) => severity switch
    {
        Severity.Critical => "Critical"u8,
        Severity.High => "High"u8,
        Severity.Medium => "Medium"u8,
        Severity.Low => "Low"u8,
        _ => "Info"u8,
    };
}
