using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>A key with a mapping below it whose keys are the site's own.</summary>
internal sealed class MapKey<T>(string name, Kind<T> kind, string description) : Key(name, description)
{
    public Kind<T> Kind { get; } = kind;

    protected override void WriteShape(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("additionalProperties");
        WriteKind(writer, Kind);
        writer.WriteEndObject();
    }
}
