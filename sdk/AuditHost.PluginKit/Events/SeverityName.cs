using AuditHost.Sdk;

namespace AuditHost.PluginKit.Events;

/// <summary>A severity as copybook-rs spells it.</summary>
public static class SeverityName
{
    /// <summary>The name in UTF-8.</summary>
    public static ReadOnlySpan<byte> Of(Severity severity) => severity switch
    {
        Severity.Critical => "Critical"u8,
        Severity.High => "High"u8,
        Severity.Medium => "Medium"u8,
        Severity.Low => "Low"u8,
        _ => "Info"u8,
    };
}
