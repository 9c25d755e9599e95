using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Loki;

/// <summary>Writes one field of an event's envelope as a member whose value is text. An event without it has no such member.</summary>
internal sealed class EnvelopeField(LokiField field)
{
    private readonly byte[] _name = Encoding.ASCII.GetBytes(NameOf(field));

    /// <summary>The name that the field has at Loki, and in a site file.</summary>
    public static string NameOf(LokiField field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString());

    /// <param name="auditEvent">The event.</param>
    /// <param name="limit">The most bytes of the value; a longer one is cut between characters.</param>
    /// <param name="json">Where the member goes.</param>
    public void Write(AuditEvent auditEvent, int limit, ref JsonWriter json)
    {
        if (field == LokiField.Severity)
        {
            json.Member(_name, SeverityName.Of(auditEvent.Severity));
            return;
        }

        EventValue value = ValueOf(auditEvent);
        if (!value.HasValue)
            return;

        // Decoded where it has escapes: the same text must be the same stream, however a producer writes it.
        using var text = new DecodedText(value);
        json.Member(_name, Utf8Text.Cut(text.Utf8, limit));
    }

    private EventValue ValueOf(AuditEvent auditEvent) => field switch
    {
        LokiField.EventId => auditEvent.Id,
        LokiField.EventType => auditEvent.Type,
        LokiField.Source => auditEvent.Source,
        LokiField.User => auditEvent.User,
        LokiField.Host => auditEvent.Host,
        LokiField.OperationId => auditEvent.Operation,
        _ => auditEvent.Classification,
    };
}
