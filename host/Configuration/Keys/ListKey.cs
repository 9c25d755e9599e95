using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>A key with a list of values.</summary>
internal sealed class ListKey<T>(string name, Kind<T> kind, string description) : Key(name, description)
{
    public Kind<T> Kind { get; } = kind;

    protected override void WriteShape(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "array");
        writer.WriteStartObject("items");
        WriteKind(writer, Kind);
        writer.WriteEndObject();
    }
}
