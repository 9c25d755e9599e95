using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>An AccessEvent by the kind of what was accessed: a file, something in a store of data, or else by a call of an API.</summary>
internal static class OcsfAccess
{
    public static OcsfActivity Classify(AuditEvent auditEvent)
    {
        EventValue access = auditEvent.Find("payload.data.access_type");
        OcsfClass eventClass = ClassOf(auditEvent);
        bool store = eventClass == OcsfClass.DatastoreActivity;
        if (access.Equals("Read"u8))
            return new OcsfActivity(eventClass, store ? 1 : 2, "Read"u8);
        if (access.Equals("Write"u8))
            return store ? new OcsfActivity(eventClass, 5, "Write"u8) : new OcsfActivity(eventClass, 3, "Update"u8);
        return access.Equals("Delete"u8)
            ? new OcsfActivity(eventClass, store ? 7 : 4, "Delete"u8)
            : OcsfClassifier.Named(eventClass, access, "Access"u8);
    }

    /// <summary>Writes what is in the store.</summary>
    public static void WriteStore(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue type = auditEvent.Find("payload.data.resource_type");
        EventValue id = auditEvent.Find("payload.data.resource_id");
        if (type.Equals("database"u8))
            WriteStore(1, "Database"u8, "database"u8, id, kind: 0, type: default, ref json);
        else if (type.Equals("table"u8))
            WriteStore(3, "Table"u8, "table"u8, id, kind: null, type: default, ref json);
        else
            WriteStore(2, "Databucket"u8, "databucket"u8, id, kind: OcsfActivity.Other, type, ref json);
    }

    /// <summary>Writes the file: its path as it stands and, since OCSF requires a name, the part after the last slash.</summary>
    public static void WriteFile(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue path = auditEvent.Find("payload.data.resource_id");
        using var text = new DecodedText(path);
        ReadOnlySpan<byte> name = text.Utf8[(text.Utf8.LastIndexOfAny((byte)'/', (byte)'\\') + 1)..];
        json.Name("file"u8);
        json.BeginObject();
        json.Member("name"u8, name.IsEmpty ? text.Utf8 : name);
        json.TextMember("path"u8, path);
        json.Name("type_id"u8);
        json.Number(0);
        json.EndObject();
    }

    private static OcsfClass ClassOf(AuditEvent auditEvent)
    {
        EventValue type = auditEvent.Find("payload.data.resource_type");
        if (!JsonWriter.IsText(auditEvent.Find("payload.data.resource_id")))
            return OcsfClass.ApiActivity;
        if (type.Equals("file"u8) && JsonWriter.IsText(auditEvent.Host))
            return OcsfClass.FileSystemActivity;
        return type.Equals("database"u8) || type.Equals("table"u8) || type.Equals("dataset"u8)
            ? OcsfClass.DatastoreActivity
            : OcsfClass.ApiActivity;
    }

    private static void WriteStore(
        int typeId, ReadOnlySpan<byte> typeName, ReadOnlySpan<byte> name, EventValue id, int? kind, EventValue type, ref JsonWriter json)
    {
        json.Name("type_id"u8);
        json.Number(typeId);
        json.Member("type"u8, typeName);
        json.Name(name);
        json.BeginObject();
        json.TextMember("name"u8, id);
        if (kind is { } number)
        {
            json.Name("type_id"u8);
            json.Number(number);
            json.TextMember("type"u8, type);
        }

        json.EndObject();
    }
}
