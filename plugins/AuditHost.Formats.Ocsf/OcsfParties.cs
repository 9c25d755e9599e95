using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Writes who did it and where: <c>actor</c>, <c>device</c> and the endpoints.</summary>
internal static class OcsfParties
{
    /// <summary>Whether there is one of the things that OCSF wants of an actor.</summary>
    public static bool HasActor(AuditEvent auditEvent) =>
        EventParties.Accessor(auditEvent).HasValue || JsonWriter.IsText(auditEvent.User) || JsonWriter.IsText(auditEvent.Source);

    /// <summary>Whether it is known where it came from.</summary>
    public static bool HasSource(AuditEvent auditEvent) => JsonWriter.IsText(auditEvent.Host) || EventParties.Address(auditEvent).HasValue;

    public static void WriteActor(AuditEvent auditEvent, ref JsonWriter json)
    {
        var actor = new OptionalObject("actor"u8);
        if (auditEvent.Find("context.environment.process_id") is { Kind: EventValueKind.Number } number
            && number.TryGetInt64(out long pid) && pid is >= 0 and <= int.MaxValue)
        {
            actor.Begin(ref json);
            json.Name("process"u8);
            json.BeginObject();
            json.Name("pid"u8);
            json.Number(pid);
            json.EndObject();
        }

        EventValue accessor = EventParties.Accessor(auditEvent);
        if (accessor.HasValue || JsonWriter.IsText(auditEvent.User))
        {
            actor.Begin(ref json);
            WriteUser(accessor.HasValue ? accessor : auditEvent.User, accessor, ref json);
        }

        actor.Text("app_name"u8, auditEvent.Source, ref json);
        EventValue session = auditEvent.Find("payload.data.session_id");
        if (JsonWriter.IsText(session))
        {
            actor.Begin(ref json);
            json.Name("session"u8);
            json.BeginObject();
            json.TextMember("uid"u8, session);
            json.EndObject();
        }

        actor.End(ref json);
    }

    public static void WriteUser(EventValue name, EventValue uid, ref JsonWriter json)
    {
        json.Name("user"u8);
        json.BeginObject();
        json.TextMember("name"u8, name);
        json.TextMember("uid"u8, uid);
        json.EndObject();
    }

    /// <summary>Writes the machine it happened on. OCSF requires the kind of machine and has a number for one that is not known.</summary>
    public static void WriteDevice(AuditEvent auditEvent, ref JsonWriter json)
    {
        if (!JsonWriter.IsText(auditEvent.Host))
            return;
        json.Name("device"u8);
        json.BeginObject();
        json.TextMember("hostname"u8, auditEvent.Host);
        json.Name("type_id"u8);
        json.Number(0);
        json.EndObject();
    }

    /// <summary>Writes where it came from: the address of a client where the event has one, else the machine it happened on.</summary>
    public static void WriteSource(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue address = EventParties.Address(auditEvent);
        var endpoint = new OptionalObject("src_endpoint"u8);
        if (address.HasValue)
            endpoint.Text("ip"u8, address, ref json);
        else
            endpoint.Text("hostname"u8, auditEvent.Host, ref json);
        endpoint.End(ref json);
    }

    /// <summary>Writes the machine that a client with an address came to.</summary>
    public static void WriteDestination(AuditEvent auditEvent, ref JsonWriter json)
    {
        if (!EventParties.Address(auditEvent).HasValue)
            return;
        var endpoint = new OptionalObject("dst_endpoint"u8);
        endpoint.Text("hostname"u8, auditEvent.Host, ref json);
        endpoint.End(ref json);
    }
}
