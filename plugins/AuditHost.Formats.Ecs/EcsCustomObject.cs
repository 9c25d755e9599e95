using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ecs;

/// <summary>
/// Writes the object for what ECS has no fields for: of copybook-rs events the payload and the context's metadata, of all others the whole
/// event, since nothing else is known of them.
/// </summary>
internal sealed class EcsCustomObject(EcsFormatterSettings settings)
{
    private readonly byte[] _name = Encoding.ASCII.GetBytes(settings.CustomField);

    public void Write(AuditEvent auditEvent, EcsEventClass eventClass, ref JsonWriter json)
    {
        EventValue payload = eventClass == EcsEventClass.Other ? default : auditEvent.Find("payload.data");
        json.Name(_name);
        json.BeginObject();
        json.TextMember("previous_hash"u8, auditEvent.Find("previous_hash"));
        if (payload.Kind == EventValueKind.Object)
        {
            Member("payload"u8, payload, ref json);
            Member("metadata"u8, auditEvent.Find("context.metadata"), ref json);
        }
        else
        {
            Member("event"u8, new EventValue(EventValueKind.Object, auditEvent.Json.Span), ref json);
        }

        json.EndObject();
    }

    private void Member(ReadOnlySpan<byte> name, EventValue value, ref JsonWriter json)
    {
        if (!value.HasValue)
            return;
        switch (settings.Payload)
        {
            case EcsPayload.Fields when value.Kind == EventValueKind.Object:
                json.Member(name, value);
                break;
            case EcsPayload.Text:
                json.Member(name, value.Raw);
                break;
            default:
                break;
        }
    }
}
