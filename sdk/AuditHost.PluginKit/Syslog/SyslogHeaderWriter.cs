using System.Buffers;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Syslog;

/// <summary>Writes everything of a syslog message that stands before the text. Allocates nothing; no line break ever gets in.</summary>
public static class SyslogHeaderWriter
{
    internal const int LongestHost = 255;
    private const int LongestMessageId = 32;

    /// <summary>
    /// Writes the header and the structured data of RFC 5424, with the space that the text follows:
    /// <c>&lt;132&gt;1 2026-03-31T06:52:12.118204Z host app 41207 SecurityEvent [audit@32473 …][meta sequenceId="7"] </c>.
    /// </summary>
    public static void Write5424(AuditEvent auditEvent, in SyslogOptions options, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        var writer = new Utf8Writer(output);
        WritePriority(ref writer, options.Facility, auditEvent.Severity);
        writer.Write("1 "u8);
        SyslogTime.Write5424(ref writer, auditEvent.Time);
        writer.Write((byte)' ');
        WriteHost(ref writer, auditEvent, in options);
        writer.Write((byte)' ');
        writer.Write(options.AppName.Span);
        writer.Write((byte)' ');
        if (TryGetProcess(auditEvent, out long process))
            writer.WriteNumber(process);
        else
            writer.Write((byte)'-');
        writer.Write((byte)' ');
        using (var type = new DecodedText(auditEvent.Type))
        {
            if (!SyslogText.WriteName(ref writer, type.Utf8, LongestMessageId))
                writer.Write((byte)'-');
        }

        writer.Write((byte)' ');
        SyslogStructuredData.Write(ref writer, auditEvent, options.DataId.Span);
        writer.Write((byte)' ');
        writer.Flush();
    }

    /// <summary>
    /// Writes the header of RFC 3164, with the space that the text follows: <c>&lt;132&gt;Mar 31 06:52:12 host audithost[41207]: </c>.
    /// The time is UTC.
    /// </summary>
    public static void Write3164(AuditEvent auditEvent, in SyslogOptions options, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        var writer = new Utf8Writer(output);
        WritePriority(ref writer, options.Facility, auditEvent.Severity);
        SyslogTime.Write3164(ref writer, auditEvent.Time);
        writer.Write((byte)' ');
        WriteHost(ref writer, auditEvent, in options);
        writer.Write((byte)' ');
        writer.Write(options.Tag.Span);
        if (TryGetProcess(auditEvent, out long process))
        {
            writer.Write((byte)'[');
            writer.WriteNumber(process);
            writer.Write((byte)']');
        }

        writer.Write(": "u8);
        writer.Flush();
    }

    private static void WritePriority(ref Utf8Writer writer, SyslogFacility facility, Severity severity)
    {
        const int Informational = 6;
        writer.Write((byte)'<');

        // The five severities of an event are the five of syslog from informational (6) to critical (2).
        writer.WriteNumber(((int)facility * 8) + Informational - (int)severity);
        writer.Write((byte)'>');
    }

    private static void WriteHost(ref Utf8Writer writer, AuditEvent auditEvent, in SyslogOptions options)
    {
        if (!options.FixedHost.IsEmpty)
        {
            writer.Write(options.FixedHost.Span);
            return;
        }

        using var host = new DecodedText(auditEvent.Host);
        if (!SyslogText.WriteName(ref writer, host.Utf8, LongestHost) && !SyslogText.WriteName(ref writer, options.Machine.Span, LongestHost))
            writer.Write((byte)'-');
    }

    private static bool TryGetProcess(AuditEvent auditEvent, out long process) =>
        auditEvent.Find("context.environment.process_id").TryGetInt64(out process) && process >= 0;
}
