using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>
/// The keys that may stand in one mapping. The one place they are listed: the binder reads by these keys, unknown ones are
/// measured against them, and the JSON schema is written from them.
/// </summary>
internal sealed class KeySet(params Key[] keys)
{
    private readonly Dictionary<string, Key> _byName = keys
        .SelectMany(key => key.Names, (key, name) => (key, name))
        .ToDictionary(pair => pair.name, pair => pair.key, StringComparer.Ordinal);

    public IReadOnlyList<Key> Keys { get; } = keys;

    public IReadOnlyCollection<string> Names => _byName.Keys;

    public Key? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Writes the keywords of a closed object into one that is already open.</summary>
    public void WriteShape(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        WriteProperties(writer);
        writer.WriteEndObject();
        WriteRequired(writer);
        writer.WriteBoolean("additionalProperties", false);
    }

    public void WriteProperties(Utf8JsonWriter writer)
    {
        foreach (Key key in Keys)
        {
            foreach (string name in key.Names)
            {
                writer.WritePropertyName(name);
                key.WriteSchema(writer);
            }
        }
    }

    private void WriteRequired(Utf8JsonWriter writer)
    {
        if (!Keys.Any(key => key.Required))
            return;
        writer.WriteStartArray("required");
        foreach (Key key in Keys.Where(key => key.Required))
            writer.WriteStringValue(key.Name);
        writer.WriteEndArray();
    }
}
