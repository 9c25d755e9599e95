using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>A key whose shape has a place of its own in the JSON schema: what recurs, and what only the plugins know.</summary>
internal sealed class ReferenceKey(string name, string reference, string description) : Key(name, description)
{
    public bool IsList { get; init; }

    protected override void WriteShape(Utf8JsonWriter writer)
    {
        if (IsList)
        {
            writer.WriteString("type", "array");
            writer.WriteStartObject("items");
        }

        writer.WriteString("$ref", reference);
        if (IsList)
            writer.WriteEndObject();
    }
}
