using System.Buffers;
using AuditHost.PluginKit.Syslog;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Syslog;

/// <summary>
/// One sentence for a person: <c>SecurityEvent (High) by alice on db-1, operation nightly, source app::auth, classification PHI</c>.
/// What the event does not say is left out.
/// </summary>
internal static class EventSummary
{
    public static void Write(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var writer = new Utf8Writer(output);
        if (auditEvent.Type.HasValue)
            WritePart(ref writer, default, auditEvent.Type);
        else
            writer.Write("Event"u8);
        writer.Write(auditEvent.Severity switch
        {
            Severity.Critical => " (Critical)"u8,
            Severity.High => " (High)"u8,
            Severity.Medium => " (Medium)"u8,
            Severity.Low => " (Low)"u8,
            _ => " (Info)"u8,
        });
        WritePart(ref writer, " by "u8, auditEvent.User);
        WritePart(ref writer, " on "u8, auditEvent.Host);
        WritePart(ref writer, ", operation "u8, auditEvent.Operation);
        WritePart(ref writer, ", source "u8, auditEvent.Source);
        WritePart(ref writer, ", classification "u8, auditEvent.Classification);
        writer.Flush();
    }

    private static void WritePart(ref Utf8Writer writer, ReadOnlySpan<byte> before, EventValue value)
    {
        if (!value.HasValue)
            return;
        using var text = new DecodedText(value);
        writer.Write(before);
        SyslogText.WriteMessage(ref writer, text.Utf8);
    }
}
