using System.Buffers;
using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Gelf;

/// <summary>Writes one GELF message for an event, without allocation.</summary>
internal sealed class GelfFormatter(GelfFormatterSettings settings) : IEventFormatter
{
    // What a host, a user or a type leaves at most of the short message, with the words between them.
    private const int ShortMessageBytes = (3 * GelfLimits.Name) + 64;

    private readonly byte[] _machine = Encoding.UTF8.GetBytes(Environment.MachineName);

    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var gelf = new GelfWriter(output);
        gelf.Begin();
        using (var host = new DecodedText(auditEvent.Host))
        using (var user = new DecodedText(auditEvent.User))
        using (var type = new DecodedText(auditEvent.Type))
        {
            ReadOnlySpan<byte> name = Name(host.Utf8, _machine);
            gelf.Text("host"u8, name);
            WriteShortMessage(Name(type.Utf8, "AuditEvent"u8), auditEvent.Severity, Name(user.Utf8, default), name, ref gelf);
        }

        if (settings.FullMessage)
            gelf.Text("full_message"u8, auditEvent.Json.Span);
        gelf.Time("timestamp"u8, auditEvent.Time);
        gelf.Number("level"u8, auditEvent.Severity switch
        {
            Severity.Critical => 2,
            Severity.High => 3,
            Severity.Medium => 4,
            Severity.Low => 5,
            _ => 6,
        });
        WriteFields(auditEvent, ref gelf);
        if (settings.PayloadFields)
            WritePayload(auditEvent, ref gelf);
        gelf.End();
    }

    private static void WriteFields(AuditEvent auditEvent, ref GelfWriter gelf)
    {
        gelf.Field("_event_id"u8, auditEvent.Id);
        gelf.Field("_event_type"u8, auditEvent.Type);
        gelf.Text("_event_severity"u8, NameOf(auditEvent.Severity));

        // Not _source: without its underscore that is the field which has the host.
        gelf.Field("_event_source"u8, auditEvent.Source);
        gelf.Field("_user"u8, auditEvent.User);
        gelf.Field("_operation_id"u8, auditEvent.Operation);
        gelf.Field("_classification"u8, auditEvent.Classification);
        gelf.Field("_compliance_profiles"u8, auditEvent.ComplianceProfiles);
        gelf.Field("_integrity_hash"u8, auditEvent.Find("integrity_hash"));
        gelf.Field("_previous_hash"u8, auditEvent.Find("previous_hash"));
        gelf.Field("_process_id"u8, auditEvent.Find("context.environment.process_id"));
        gelf.Number("_sequence"u8, auditEvent.Sequence);
    }

    private static void WritePayload(AuditEvent auditEvent, ref GelfWriter gelf)
    {
        // The payload of copybook-rs is { "type": …, "data": { … } }, and the type is known already.
        EventValue payload = auditEvent.Find("payload.data");
        if (payload.Kind != EventValueKind.Object)
            payload = auditEvent.Find("payload");
        if (payload.Kind == EventValueKind.Object)
            GelfPayload.Write(payload.Raw, ref gelf);
    }

    private static void WriteShortMessage(
        ReadOnlySpan<byte> type, Severity severity, ReadOnlySpan<byte> user, ReadOnlySpan<byte> host, ref GelfWriter gelf)
    {
        Span<byte> message = stackalloc byte[ShortMessageBytes];
        int length = 0;
        Append(message, ref length, type);
        Append(message, ref length, " ("u8);
        Append(message, ref length, NameOf(severity));
        Append(message, ref length, ")"u8);
        if (!user.IsEmpty)
        {
            Append(message, ref length, " by "u8);
            Append(message, ref length, user);
        }

        Append(message, ref length, " on "u8);
        Append(message, ref length, host);
        gelf.Text("short_message"u8, message[..length]);
    }

    private static void Append(Span<byte> message, ref int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(message[length..]);
        length += text.Length;
    }

    /// <summary>A name without the spaces around it: Graylog refuses a message with a blank host.</summary>
    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> text, ReadOnlySpan<byte> otherwise)
    {
        ReadOnlySpan<byte> name = Utf8Text.Cut(text.Trim(" \t\r\n"u8), GelfLimits.Name);
        return name.IsEmpty ? otherwise : name;
    }

    private static ReadOnlySpan<byte> NameOf(Severity severity) => severity switch
    {
        Severity.Critical => "Critical"u8,
        Severity.High => "High"u8,
        Severity.Medium => "Medium"u8,
        Severity.Low => "Low"u8,
        _ => "Info"u8,
    };
}
