using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>
/// Writes <c>unmapped</c>: the chain's hashes, and of copybook-rs events the payload and the context's metadata, of all others the whole
/// event, since nothing else is known of them.
/// </summary>
internal static class OcsfUnmapped
{
    public static void Write(AuditEvent auditEvent, OcsfClass eventClass, bool payload, ref JsonWriter json)
    {
        var unmapped = new OptionalObject("unmapped"u8);
        if (EventParties.Accessor(auditEvent).HasValue)
            unmapped.Text("operator"u8, auditEvent.User, ref json);
        unmapped.Text("parent_operation_id"u8, auditEvent.Find("context.parent_operation_id"), ref json);
        unmapped.Text("integrity_hash"u8, auditEvent.Find("integrity_hash"), ref json);
        unmapped.Text("previous_hash"u8, auditEvent.Find("previous_hash"), ref json);
        if (payload)
        {
            EventValue data = eventClass == OcsfClass.BaseEvent ? default : auditEvent.Find("payload.data");
            if (data.Kind == EventValueKind.Object)
            {
                unmapped.Object("payload"u8, data, ref json);
                unmapped.Object("metadata"u8, auditEvent.Find("context.metadata"), ref json);
            }
            else
            {
                unmapped.Object("event"u8, new EventValue(EventValueKind.Object, auditEvent.Json.Span), ref json);
            }
        }

        unmapped.End(ref json);
    }
}
