using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>Writes <c>resources</c>: what an activity worked on, or a finding is about.</summary>
internal static class OcsfResources
{
    private const int Target = 1;
    private const int Affected = 3;
    private const int Related = 4;

    public static void Write(AuditEvent auditEvent, ref JsonWriter json)
    {
        bool begun = false;
        if (auditEvent.Type.Equals("CopybookParse"u8))
        {
            One(auditEvent.Find("payload.data.copybook_path"), Text("copybook"u8), Target, ref begun, ref json);
        }
        else if (auditEvent.Type.Equals("DataValidation"u8))
        {
            One(auditEvent.Find("payload.data.input_file"), Text("file"u8), Target, ref begun, ref json);
        }
        else if (auditEvent.Type.Equals("DataTransformation"u8))
        {
            One(auditEvent.Find("payload.data.input_file"), Text("file"u8), Related, ref begun, ref json);
            One(auditEvent.Find("payload.data.output_file"), Text("file"u8), Affected, ref begun, ref json);
        }
        else if (auditEvent.Type.Equals("LineageTracking"u8))
        {
            One(auditEvent.Find("payload.data.source_system"), Text("system"u8), Related, ref begun, ref json);
            One(auditEvent.Find("payload.data.target_system"), Text("system"u8), Affected, ref begun, ref json);
        }
        else if (auditEvent.Type.Equals("AccessEvent"u8))
        {
            One(auditEvent.Find("payload.data.resource_id"), auditEvent.Find("payload.data.resource_type"), Target, ref begun, ref json);
        }
        else if (auditEvent.Type.Equals("SecurityEvent"u8))
        {
            Each(auditEvent.Find("payload.data.affected_resources"), ref begun, ref json);
        }

        if (begun)
            json.EndArray();
    }

    private static void Each(EventValue names, ref bool begun, ref JsonWriter json)
    {
        if (names.Kind != EventValueKind.Array)
            return;
        var reader = new Utf8JsonReader(names.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            if (reader.TokenType == JsonTokenType.String)
                One(Text(reader.ValueSpan), default, Affected, ref begun, ref json);
        }
    }

    private static void One(EventValue name, EventValue type, int role, ref bool begun, ref JsonWriter json)
    {
        if (!JsonWriter.IsText(name))
            return;
        if (!begun)
        {
            json.Name("resources"u8);
            json.BeginArray();
            begun = true;
        }

        json.BeginObject();
        json.TextMember("name"u8, name);
        json.TextMember("type"u8, type);
        json.Name("role_id"u8);
        json.Number(role);
        json.Member("role"u8, role switch
        {
            Target => "Target"u8,
            Affected => "Affected"u8,
            _ => "Related"u8,
        });
        json.EndObject();
    }

    private static EventValue Text(ReadOnlySpan<byte> escaped) => new(EventValueKind.String, escaped);
}
