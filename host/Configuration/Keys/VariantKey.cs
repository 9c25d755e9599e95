using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>A key with a mapping, or a list of mappings, whose keys depend on its <c>type</c>.</summary>
internal sealed class VariantKey(string name, IReadOnlyList<Variant> variants, string description) : Key(name, description)
{
    public IReadOnlyList<Variant> Variants { get; } = variants;

    public bool IsList { get; init; }

    public static ScalarKey<string> Type { get; } = new("type", Kinds.Text, "Which one it is.") { Required = true };

    protected override void WriteShape(Utf8JsonWriter writer)
    {
        if (IsList)
        {
            writer.WriteString("type", "array");
            writer.WriteStartObject("items");
        }

        writer.WriteStartArray("oneOf");
        foreach (Variant variant in Variants)
            WriteVariant(writer, variant);
        writer.WriteEndArray();
        if (IsList)
            writer.WriteEndObject();
    }

    private static void WriteVariant(Utf8JsonWriter writer, Variant variant)
    {
        writer.WriteStartObject();
        writer.WriteString("description", variant.Description);
        writer.WriteStartArray("allOf");
        writer.WriteStartObject();
        writer.WriteStartObject("properties");
        writer.WriteStartObject(Type.Name);
        writer.WriteString("const", variant.Type);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        variant.Keys.WriteShape(writer);
        writer.WriteEndObject();
    }
}
