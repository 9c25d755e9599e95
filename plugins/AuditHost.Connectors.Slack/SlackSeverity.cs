using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>How a severity is shown.</summary>
internal static class SlackSeverity
{
    /// <summary>A coloured mark and the name, with what parts them from the rest of the line.</summary>
    public static ReadOnlySpan<byte> MarkOf(Severity severity) => severity switch
    {
        Severity.Critical => ":red_circle: *Critical*, "u8,
        Severity.High => ":large_orange_circle: *High*, "u8,
        Severity.Medium => ":large_yellow_circle: *Medium*, "u8,
        Severity.Low => ":large_blue_circle: *Low*, "u8,
        _ => ":white_circle: *Info*, "u8,
    };
}
