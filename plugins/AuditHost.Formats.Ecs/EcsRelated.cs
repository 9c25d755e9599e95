using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ecs;

/// <summary>Writes <c>related</c>: every user, host, address and hash of an event in one place, each once.</summary>
internal static class EcsRelated
{
    public static void Write(AuditEvent auditEvent, EventValue address, ref JsonWriter json)
    {
        EventValue user = Text(auditEvent.User);
        EventValue accessor = EventParties.Accessor(auditEvent);
        EventValue approver = Text(auditEvent.Find("payload.data.approved_by"));
        EventValue host = Text(auditEvent.Host);
        EventValue hash = Text(auditEvent.Find("integrity_hash"));
        EventValue previousHash = Text(auditEvent.Find("previous_hash"));
        if (!user.HasValue && !accessor.HasValue && !approver.HasValue && !host.HasValue && !address.HasValue && !hash.HasValue && !previousHash.HasValue)
            return;
        json.Name("related"u8);
        json.BeginObject();
        List("user"u8, user, accessor, approver, ref json);
        List("hosts"u8, host, default, default, ref json);
        List("ip"u8, address, default, default, ref json);
        List("hash"u8, hash, previousHash, default, ref json);
        json.EndObject();
    }

    private static void List(ReadOnlySpan<byte> name, EventValue first, EventValue second, EventValue third, ref JsonWriter json)
    {
        if (!first.HasValue && !second.HasValue && !third.HasValue)
            return;
        json.Name(name);
        json.BeginArray();
        if (first.HasValue)
            json.WholeText(first);
        if (second.HasValue && !second.Raw.SequenceEqual(first.Raw))
            json.WholeText(second);
        if (third.HasValue && !third.Raw.SequenceEqual(first.Raw) && !third.Raw.SequenceEqual(second.Raw))
            json.WholeText(third);
        json.EndArray();
    }

    private static EventValue Text(EventValue value) => value.Kind == EventValueKind.String && !value.Raw.IsEmpty ? value : default;
}
