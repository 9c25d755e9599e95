using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>A key with keys of its own below it.</summary>
internal sealed class MappingKey(string name, KeySet keys, string description) : Key(name, description)
{
    public KeySet Keys { get; } = keys;

    /// <summary>The key that a scalar in the mapping's place stands for: <c>template: PATH</c> for <c>template: {path: PATH}</c>.</summary>
    public Key? Shorthand { get; init; }

    /// <summary>Whether it is a list of such mappings.</summary>
    public bool IsList { get; init; }

    protected override void WriteShape(Utf8JsonWriter writer)
    {
        if (IsList)
        {
            writer.WriteString("type", "array");
            writer.WriteStartObject("items");
            Keys.WriteShape(writer);
            writer.WriteEndObject();
            return;
        }

        if (Shorthand is null)
        {
            Keys.WriteShape(writer);
            return;
        }

        writer.WriteStartArray("anyOf");
        Shorthand.WriteSchema(writer);
        writer.WriteStartObject();
        Keys.WriteShape(writer);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
