using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Writes what a ConfigurationChange changed, as it was before and as it is now.</summary>
internal static class OcsfEntity
{
    public static void Write(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue component = auditEvent.Find("payload.data.component");
        WriteState("entity"u8, component, auditEvent.Find("payload.data.old_configuration"), ref json);
        EventValue after = auditEvent.Find("payload.data.new_configuration");
        if (JsonWriter.IsText(after))
            WriteState("entity_result"u8, component, after, ref json);
        json.TextMember("comment"u8, auditEvent.Find("payload.data.change_reason"));
    }

    private static void WriteState(ReadOnlySpan<byte> name, EventValue component, EventValue configuration, ref JsonWriter json)
    {
        json.Name(name);
        json.BeginObject();
        json.TextMember("name"u8, component);
        json.Name("type_id"u8);
        json.Number(OcsfActivity.Other);
        json.Member("type"u8, "Configuration"u8);
        json.TextMember("data"u8, configuration);
        json.EndObject();
    }
}
