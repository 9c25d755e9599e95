using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Syslog;

/// <summary>
/// The structured data of RFC 5424: what names the event under our own id, and the registered <c>meta</c> with the sequence
/// number, by which a receiver notices a gap.
/// </summary>
internal static class SyslogStructuredData
{
    private const ulong HighestSequenceId = int.MaxValue;

    public static void Write(ref Utf8Writer writer, AuditEvent auditEvent, ReadOnlySpan<byte> dataId)
    {
        writer.Write((byte)'[');
        writer.Write(dataId);
        WriteParameter(ref writer, " eventId=\""u8, auditEvent.Id);
        WriteParameter(ref writer, " eventType=\""u8, auditEvent.Type);
        writer.Write(auditEvent.Severity switch
        {
            Severity.Critical => " severity=\"Critical\""u8,
            Severity.High => " severity=\"High\""u8,
            Severity.Medium => " severity=\"Medium\""u8,
            Severity.Low => " severity=\"Low\""u8,
            _ => " severity=\"Info\""u8,
        });
        writer.Write(" sequence=\""u8);
        writer.WriteNumber(auditEvent.Sequence);
        writer.Write("\"][meta sequenceId=\""u8);
        writer.WriteNumber(SequenceId(auditEvent.Sequence));
        writer.Write("\"]"u8);
    }

    /// <summary>The registered parameter runs from 1 to 2147483647 and then starts again at 1 (RFC 5424, 7.3.1).</summary>
    internal static ulong SequenceId(ulong sequence) => sequence == 0 ? 1 : ((sequence - 1) % HighestSequenceId) + 1;

    private static void WriteParameter(ref Utf8Writer writer, ReadOnlySpan<byte> start, EventValue value)
    {
        if (!value.HasValue)
            return;
        using var text = new DecodedText(value);
        writer.Write(start);
        SyslogText.WriteParameterValue(ref writer, text.Utf8);
        writer.Write((byte)'"');
    }
}
