using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>Reads a severity in the envelope's own five words and in those of other producers.</summary>
internal static class SeverityNames
{
    /// <summary>The severity a word stands for; a word that is not known is <see cref="Severity.Info"/>.</summary>
    public static Severity Parse(ReadOnlySpan<byte> text) => TryParse(text, out Severity severity) ? severity : Severity.Info;

    public static bool TryParse(ReadOnlySpan<byte> text, out Severity severity)
    {
        (severity, bool known) = text.Length switch
        {
            3 when Is(text, "low"u8) => (Severity.Low, true),
            4 when Is(text, "info"u8) => (Severity.Info, true),
            4 when Is(text, "high"u8) => (Severity.High, true),
            4 when Is(text, "warn"u8) => (Severity.Medium, true),
            5 when Is(text, "error"u8) => (Severity.High, true),
            5 when Is(text, "fatal"u8) => (Severity.Critical, true),
            5 when Is(text, "alert"u8) => (Severity.Critical, true),
            5 when Is(text, "debug"u8) => (Severity.Info, true),
            6 when Is(text, "medium"u8) => (Severity.Medium, true),
            6 when Is(text, "notice"u8) => (Severity.Low, true),
            7 when Is(text, "warning"u8) => (Severity.Medium, true),
            8 when Is(text, "critical"u8) => (Severity.Critical, true),
            9 when Is(text, "emergency"u8) => (Severity.Critical, true),
            13 when Is(text, "informational"u8) => (Severity.Info, true),
            _ => (Severity.Info, false),
        };
        return known;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
