using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>The severities as events spell them.</summary>
public static class SeverityName
{
    /// <summary>The name, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Of(Severity severity) => severity switch
    {
        Severity.Critical => "Critical"u8,
        Severity.High => "High"u8,
        Severity.Medium => "Medium"u8,
        Severity.Low => "Low"u8,
        _ => "Info"u8,
    };
}
