using System.Buffers;
using System.Text;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Gelf;

/// <summary>Writes one GELF message for an event, without allocation.</summary>
internal sealed class GelfFormatter(GelfFormatterSettings settings) : IEventFormatter
{
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
            // Graylog refuses a message with a blank host, and blank is whatever shows nothing.
            ReadOnlySpan<byte> name = ShortMessage.Part(host.Utf8);
            if (!ShownText.HasAny(name))
                name = _machine;
            gelf.Text("host"u8, name);
            Span<byte> message = stackalloc byte[ShortMessage.MaxBytes];
            gelf.Text("short_message"u8, message[..ShortMessage.Write(type.Utf8, auditEvent.Severity, user.Utf8, name, message)]);
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
        gelf.Text("_event_severity"u8, SeverityName.Of(auditEvent.Severity));

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
}
