using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Events;

/// <summary>Who took part in what an event of copybook-rs tells of, besides the envelope's user and host.</summary>
public static class EventParties
{
    /// <summary>Who accessed something; the envelope's user is then the account of the program that noticed it. Missing where nobody did.</summary>
    public static EventValue Accessor(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        EventValue accessor = auditEvent.Find("payload.data.user_id");
        return accessor.Kind == EventValueKind.String && !accessor.Raw.IsEmpty ? accessor : default;
    }

    /// <summary>Where an access or an operation came from, as the event has it: an address or any other text. Missing where it does not say.</summary>
    public static EventValue Origin(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        EventValue origin = auditEvent.Find("payload.data.source_ip");
        if (origin.Kind != EventValueKind.String)
            origin = auditEvent.Find("context.security.network.source_ip");
        return origin.Kind == EventValueKind.String ? origin : default;
    }

    /// <summary>The origin where it is an address, for fields that take nothing else; missing otherwise.</summary>
    public static EventValue Address(AuditEvent auditEvent)
    {
        EventValue origin = Origin(auditEvent);
        using var text = new DecodedText(origin);
        return AddressText.IsAddress(text.Utf8) ? origin : default;
    }
}
