using AuditHost.Sdk;

namespace AuditHost.Connectors.Teams;

/// <summary>How a severity is shown.</summary>
internal static class CardSeverity
{
    /// <summary>The name of one of the card's colours.</summary>
    public static ReadOnlySpan<byte> ColourOf(Severity severity, bool resolved) => severity switch
    {
        _ when resolved => "Good"u8,
        Severity.Critical or Severity.High => "Attention"u8,
        Severity.Medium => "Warning"u8,
        Severity.Low => "Accent"u8,
        _ => "Default"u8,
    };
}
