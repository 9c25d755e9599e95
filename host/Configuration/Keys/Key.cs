using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>One key that a site file may have: its name, its shape and its description, for binder, suggestions and schema alike.</summary>
internal abstract class Key(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>Other names for the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public bool Required { get; init; }

    /// <summary>Whether its value never shows anywhere.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it is understood but its work is not built yet; its presence is a warning.</summary>
    public bool NotEnforced { get; init; }

    public IEnumerable<string> Names => [Name, .. Aliases];

    /// <summary>Writes the schema of what stands under the key, as an object.</summary>
    public void WriteSchema(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("description", NotEnforced ? $"{Description} Not enforced by this version." : Description);
        if (IsSecret)
            writer.WriteBoolean("writeOnly", true);
        WriteShape(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes the keywords of the shape into an object that is already open.</summary>
    protected abstract void WriteShape(Utf8JsonWriter writer);

    /// <summary>A value that is no text may also come in through a placeholder, which a schema sees as text.</summary>
    protected static void WriteKind<T>(Utf8JsonWriter writer, Kind<T> kind)
    {
        writer.WriteStartArray("anyOf");
        writer.WriteStartObject();
        kind.WriteSchema(writer);
        writer.WriteEndObject();
        writer.WriteStartObject();
        writer.WriteString("$ref", SchemaNames.Placeholder);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
