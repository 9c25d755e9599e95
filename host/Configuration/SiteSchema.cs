using System.Text.Json;
using AuditHost.Configuration.Keys;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Configuration;

/// <summary>Writes one JSON schema of the whole site file, loaded plugins included, for editors.</summary>
internal static class SiteSchema
{
    private const string DestinationNames = @"^[A-Za-z0-9_.\-]{1,64}$";

    public static void Write(IPluginCatalogue catalogue, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        writer.WriteString("title", "AuditHost site file");
        SiteKeys.Set.WriteShape(writer);
        writer.WriteStartObject("$defs");
        WritePlaceholder(writer);
        WriteOpen(writer, SchemaNames.Predicate, PredicateKeys.Set.WriteShape);
        WriteOpen(writer, SchemaNames.DestinationKeys, DestinationKeys.Set.WriteShape);
        WriteOpen(writer, SchemaNames.Format, json => WriteFormats(catalogue, json));
        WriteOpen(writer, SchemaNames.Destination, json => WriteDestination(catalogue, json));
        foreach (SectionKey section in SiteKeys.Sections.DistinctBy(section => section.Definition))
            WriteOpen(writer, section.Definition, json => WriteSection(catalogue, section, json));
        foreach (ConnectorFactory connector in catalogue.Connectors)
            WriteOpen(writer, SchemaNames.Connector + connector.Type, json => ConnectorSchema.Write(connector, json));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePlaceholder(Utf8JsonWriter writer) => WriteOpen(writer, SchemaNames.Placeholder, json =>
    {
        json.WriteString("description", "An environment variable, ${NAME}, or the content of a file, ${file:PATH}.");
        json.WriteString("type", "string");
        json.WriteString("pattern", @"\$\{");
    });

    private static void WriteOpen(Utf8JsonWriter writer, string reference, Action<Utf8JsonWriter> write)
    {
        writer.WriteStartObject(reference[(reference.LastIndexOf('/') + 1)..]);
        write(writer);
        writer.WriteEndObject();
    }

    /// <summary>Under a heading the key decides where there is no <c>type</c>.</summary>
    private static void WriteSection(IPluginCatalogue catalogue, SectionKey section, Utf8JsonWriter writer)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("propertyNames");
        writer.WriteString("pattern", DestinationNames);
        writer.WriteEndObject();
        if (section.DefaultType is { } type)
        {
            writer.WriteStartObject("additionalProperties");
            WriteByKey(writer, catalogue.TryGetConnector(type, out _) ? type : null);
            writer.WriteEndObject();
            return;
        }

        writer.WriteStartObject("properties");
        foreach (ConnectorFactory connector in catalogue.Connectors)
        {
            writer.WriteStartObject(connector.Type);
            WriteByKey(writer, connector.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("additionalProperties");
        writer.WriteString("$ref", SchemaNames.Destination);
        writer.WriteEndObject();
    }

    private static void WriteByKey(Utf8JsonWriter writer, string? connector)
    {
        writer.WriteStartObject("if");
        writer.WriteStartArray("required");
        writer.WriteStringValue(DestinationKeys.Type.Name);
        writer.WriteEndArray();
        writer.WriteEndObject();
        WriteReference(writer, "then", SchemaNames.Destination);
        WriteReference(writer, "else", connector is null ? SchemaNames.Destination : SchemaNames.Connector + connector);
    }

    private static void WriteDestination(IPluginCatalogue catalogue, Utf8JsonWriter writer)
    {
        writer.WriteString("description", "A destination. Its type, or else its key, names the connector.");
        writer.WriteString("type", "object");
        if (catalogue.Connectors.Count == 0)
            return;
        writer.WriteStartArray("allOf");
        foreach (ConnectorFactory connector in catalogue.Connectors)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("if");
            writer.WriteStartObject("properties");
            writer.WriteStartObject(DestinationKeys.Type.Name);
            writer.WriteString("const", connector.Type);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartArray("required");
            writer.WriteStringValue(DestinationKeys.Type.Name);
            writer.WriteEndArray();
            writer.WriteEndObject();
            WriteReference(writer, "then", SchemaNames.Connector + connector.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFormats(IPluginCatalogue catalogue, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("anyOf");
        writer.WriteStartObject();
        writer.WriteString("type", "string");
        writer.WriteStartArray("enum");
        foreach (FormatterFactory format in catalogue.Formatters)
            writer.WriteStringValue(format.Type);
        writer.WriteEndArray();
        writer.WriteEndObject();
        WritePlaceholderReference(writer);
        foreach (FormatterFactory format in catalogue.Formatters)
        {
            writer.WriteStartObject();
            ConnectorSchema.WriteFormat(format, writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePlaceholderReference(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("$ref", SchemaNames.Placeholder);
        writer.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter writer, string keyword, string reference)
    {
        writer.WriteStartObject(keyword);
        writer.WriteString("$ref", reference);
        writer.WriteEndObject();
    }
}
